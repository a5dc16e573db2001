package org.accordhie.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;

/**
 * The sample in this jar: invented records made with Synthea, a bundle for each person at each organisation. How it was made
 * is told in {@code server/synthea/SAMPLE.md}.
 *
 * @param bundles FHIR bundles as JSON, in loading order
 * @param sources for the bundle of a record, the Synthea identifier of the organisation that keeps it
 */
record SampleRecords(TreeMap<String, String> bundles, Map<String, String> sources) {

    private static final String INDEX = "index.tsv";

    static SampleRecords read() {
        var bundles = new TreeMap<String, String>();
        try (var packed = SampleRecords.class.getResourceAsStream("sample.zip")) {
            if (packed == null) {
                throw new IllegalStateException("the sample is missing from this build");
            }
            var zip = new ZipInputStream(packed, StandardCharsets.UTF_8);
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                bundles.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        var index = bundles.remove(INDEX);
        return new SampleRecords(bundles, index == null ? Map.of() : sourcesIn(index));
    }

    private static Map<String, String> sourcesIn(String index) {
        var sources = new HashMap<String, String>();
        for (var line : index.lines().skip(1).toList()) {
            var columns = List.of(line.split("\t", -1));
            sources.put(columns.get(0), columns.get(3));
        }
        return sources;
    }
}
