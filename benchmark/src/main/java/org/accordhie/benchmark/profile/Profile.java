package org.accordhie.benchmark.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the threads that serve requests were when they were looked at.
 *
 * @param workload what was asked
 * @param server of which server
 * @param samples how often they were found in each part
 * @param elsewhere how often threads that serve no request were found running
 */
public record Profile(String workload, String server, Map<Part, Long> samples, long elsewhere) {

    private static final String SAMPLE = "jdk.ExecutionSample";

    /** What Tomcat calls the threads that serve requests. */
    private static final String SERVING = "-exec-";

    public Profile {
        samples = Map.copyOf(samples);
    }

    /** Reads a recording of the JVM's flight recorder. */
    public static Profile read(String workload, String server, Path recording) throws IOException {
        var samples = new EnumMap<Part, Long>(Part.class);
        var elsewhere = 0L;
        try (var events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                var event = events.readEvent();
                if (!event.getEventType().getName().equals(SAMPLE) || event.getStackTrace() == null) {
                    continue;
                }
                if (isServing(event)) {
                    samples.merge(Part.of(classes(event)), 1L, Long::sum);
                } else {
                    elsewhere++;
                }
            }
        }
        return new Profile(workload, server, samples, elsewhere);
    }

    private static boolean isServing(RecordedEvent event) {
        var thread = event.getThread("sampledThread");
        return thread != null && String.valueOf(thread.getJavaName()).contains(SERVING);
    }

    private static List<String> classes(RecordedEvent event) {
        return event.getStackTrace().getFrames().stream()
                .filter(RecordedFrame::isJavaFrame)
                .map(frame -> frame.getMethod().getType().getName())
                .toList();
    }

    /** Samples of threads that serve requests. */
    public long serving() {
        return samples.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The share of a part among them, in percent. */
    public double share(Part part) {
        return serving() == 0 ? 0 : 100.0 * samples.getOrDefault(part, 0L) / serving();
    }
}
