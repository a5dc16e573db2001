package org.accordhie.benchmark.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CPU time of processes as Linux accounts for it. Source: proc(5), {@code /proc/[pid]/stat}. Thread-safe. */
public final class ProcessTimes {

    private static final int PARENT = 1;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;
    private static final double MILLIS = 1000;

    private final Path proc;
    private final double millisPerTick;

    /**
     * Reads a proc file system.
     *
     * @param proc where it is mounted
     * @param ticksPerSecond the unit of its times, {@code getconf CLK_TCK}
     */
    public ProcessTimes(Path proc, long ticksPerSecond) {
        this.proc = proc;
        this.millisPerTick = MILLIS / ticksPerSecond;
    }

    /** Of this machine. */
    public static ProcessTimes ofThisMachine() throws IOException, InterruptedException {
        var getconf = new ProcessBuilder("getconf", "CLK_TCK").start();
        var ticks = new String(getconf.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        getconf.waitFor();
        return new ProcessTimes(Path.of("/proc"), Long.parseLong(ticks));
    }

    /** Milliseconds that one process has used, without its children. */
    public double millisOf(long process) {
        return read(Long.toString(process))
                .map(stat -> stat.own() * millisPerTick)
                .orElse(0.0);
    }

    /** Milliseconds that a process and all below it have used, and those below it that have ended. */
    public double millisOfTree(long root) {
        var children = new HashMap<Long, List<Long>>();
        var all = new HashMap<Long, Stat>();
        for (var process : processes()) {
            read(process).ifPresent(stat -> {
                var number = Long.parseLong(process);
                all.put(number, stat);
                children.computeIfAbsent(stat.parent(), parent -> new ArrayList<>())
                        .add(number);
            });
        }
        return ticksBelow(root, all, children) * millisPerTick;
    }

    private static long ticksBelow(long root, Map<Long, Stat> all, Map<Long, List<Long>> children) {
        var ticks = 0L;
        var open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            var process = open.pop();
            var stat = all.get(process);
            if (stat != null) {
                ticks += stat.own() + stat.ended();
            }
            open.addAll(children.getOrDefault(process, List.of()));
        }
        return ticks;
    }

    private List<String> processes() {
        try (var entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            var names = new ArrayList<String>();
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
            return names;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Empty for a process that has ended meanwhile. */
    private Optional<Stat> read(String process) {
        try {
            return Optional.of(Stat.parse(Files.readString(proc.resolve(process).resolve("stat"))));
        } catch (NoSuchFileException ended) {
            return Optional.empty();
        } catch (IOException unreadable) {
            // Linux says ESRCH where a process ends between the opening and the reading.
            if (Files.exists(proc.resolve(process))) {
                throw new UncheckedIOException(unreadable);
            }
            return Optional.empty();
        }
    }

    /**
     * What the line says that is used here.
     *
     * @param parent the process that started it
     * @param own ticks in user and system mode
     * @param ended the same of its children that have ended and were waited for
     */
    record Stat(long parent, long own, long ended) {

        /** The name is in parentheses and may hold blanks and parentheses; what follows the last one does not. */
        static Stat parse(String line) {
            var fields = line.substring(line.lastIndexOf(')') + 2).strip().split(" ", -1);
            return new Stat(
                    Long.parseLong(fields[PARENT]),
                    Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]),
                    Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM]));
        }
    }
}
