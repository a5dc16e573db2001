package org.accordhie.local.load;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** How far a load is, said every few seconds also while one large bundle is being stored. Thread-safe. */
final class Progress implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final PrintStream out;
    private final int bundles;
    private final long bytes;
    private final long started = System.nanoTime();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Progress::daemon);
    private final Future<?> lines;

    private int skipped;
    private long skippedBytes;
    private int pushed;
    private long pushedBytes;
    private int rejected;
    private long resources;

    /**
     * Begins.
     *
     * @param bundles how many there are
     * @param bytes how large they are together, which tells more of what remains
     */
    Progress(PrintStream out, int bundles, long bytes) {
        this.out = out;
        this.bundles = bundles;
        this.bytes = bytes;
        this.lines =
                timer.scheduleAtFixedRate(this::say, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** An earlier run has stored it. */
    synchronized void skip(BundleFile file) {
        skipped++;
        skippedBytes += file.bytes();
    }

    synchronized void stored(BundleFile file, int entries) {
        resources += entries;
        pushed(file);
    }

    synchronized void rejected(BundleFile file) {
        rejected++;
        pushed(file);
    }

    private void pushed(BundleFile file) {
        pushed++;
        pushedBytes += file.bytes();
    }

    private synchronized void say() {
        out.println(line());
    }

    private String line() {
        var seconds = seconds();
        var left = pushedBytes == 0
                ? "?"
                : clock(Math.round((bytes - skippedBytes - pushedBytes) * seconds / pushedBytes));
        return String.format(
                Locale.ROOT,
                "%d of %d bundles, %,d resources, %.0f a second, %s elapsed, about %s left%s",
                skipped + pushed,
                bundles,
                resources,
                resources / seconds,
                clock(Math.round(seconds)),
                left,
                rejected == 0 ? "" : ", " + rejected + " rejected");
    }

    /** What came of it. */
    synchronized String summary() {
        var seconds = seconds();
        return String.format(
                Locale.ROOT,
                "%d of %d bundles loaded, %d rejected, %d already loaded before; %,d resources in %s, %.0f a second",
                pushed - rejected,
                bundles,
                rejected,
                skipped,
                resources,
                clock(Math.round(seconds)),
                resources / seconds);
    }

    private double seconds() {
        return Math.max(1, System.nanoTime() - started) / 1e9;
    }

    private static String clock(long seconds) {
        return String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        lines.cancel(false);
        timer.shutdown();
    }
}
