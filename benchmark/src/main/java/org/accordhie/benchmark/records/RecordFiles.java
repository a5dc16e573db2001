package org.accordhie.benchmark.records;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.accordhie.AccordApplication;
import org.jspecify.annotations.Nullable;

/**
 * Bundles as Synthea writes them: first those of organisations and practitioners (batches), then one for each record (a
 * transaction).
 *
 * @param shared the batches, in order
 * @param records the transactions, in order
 */
public record RecordFiles(List<ObjectNode> shared, List<ObjectNode> records) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public RecordFiles {
        shared = List.copyOf(shared);
        records = List.copyOf(records);
    }

    /**
     * Reads a folder that {@code server/synthea/generate.sh} has filled, or the sample in the server's jar.
     *
     * @param folder null for the sample
     * @param most how many records to read at most
     */
    public static RecordFiles read(@Nullable Path folder, int most) throws IOException {
        return folder == null ? sample(most) : folder(folder, most);
    }

    private static RecordFiles folder(Path folder, int most) throws IOException {
        var read = new RecordReader(most);
        try (var files = Files.list(folder)) {
            for (var file : files.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                read.add(Files.readAllBytes(file));
            }
        }
        return read.all();
    }

    private static RecordFiles sample(int most) throws IOException {
        var read = new RecordReader(most);
        try (var packed = AccordApplication.class.getResourceAsStream("local/sample.zip")) {
            if (packed == null) {
                throw new IOException("the sample is missing from the server's jar");
            }
            var zip = new ZipInputStream(packed);
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".json")) {
                    read.add(zip.readAllBytes());
                }
            }
        }
        return read.all();
    }

    /** Sorts bundles by what they are. */
    private static final class RecordReader {

        private final int most;
        private final List<ObjectNode> shared = new ArrayList<>();
        private final List<ObjectNode> records = new ArrayList<>();

        RecordReader(int most) {
            this.most = most;
        }

        void add(byte[] file) throws IOException {
            if (records.size() < most && JSON.readTree(file) instanceof ObjectNode bundle) {
                switch (bundle.path("type").asText()) {
                    case "batch" -> shared.add(bundle);
                    case "transaction" -> records.add(bundle);
                    default -> throw new IOException("a file is neither a batch nor a transaction");
                }
            }
        }

        RecordFiles all() throws IOException {
            if (records.isEmpty()) {
                throw new IOException("there are no records");
            }
            return new RecordFiles(shared, records);
        }
    }
}
