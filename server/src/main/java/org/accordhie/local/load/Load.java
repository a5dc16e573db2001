package org.accordhie.local.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** One run over a directory: what is not yet stored is pushed, in order. */
final class Load {

    private final Exchange exchange;
    private final LoadState state;
    private final boolean stopOnError;
    private final PrintStream out;

    Load(Exchange exchange, LoadState state, boolean stopOnError, PrintStream out) {
        this.exchange = exchange;
        this.state = state;
        this.stopOnError = stopOnError;
        this.out = out;
    }

    /** The exit status. */
    int run(Path directory, List<BundleFile> files) throws IOException, InterruptedException, LoadStopped {
        var rejections = new Rejections(directory);
        var bytes = files.stream().mapToLong(BundleFile::bytes).sum();
        try (var progress = new Progress(out, files.size(), bytes)) {
            try {
                for (var file : files) {
                    push(file, progress, rejections);
                    if (stopOnError && rejections.count() > 0) {
                        break;
                    }
                }
            } finally {
                out.println(progress.summary());
            }
        }
        if (rejections.count() > 0) {
            out.println("what was rejected and why: " + rejections.file());
            return LoadCommand.REJECTED;
        }
        return 0;
    }

    private void push(BundleFile file, Progress progress, Rejections rejections)
            throws IOException, InterruptedException, LoadStopped {
        var bundle = file.read();
        var digest = BundleFile.digest(bundle);
        if (state.isFinished(file.name(), digest)) {
            progress.skip(file);
            return;
        }
        var answer = exchange.push(bundle);
        if (answer.isStored()) {
            state.finish(file.name(), digest);
            progress.stored(file, BundleFile.entries(bundle));
        } else {
            rejections.add(file, answer);
            progress.rejected(file);
        }
    }
}
