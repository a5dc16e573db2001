package org.accordhie.benchmark.server;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/** The servers that run beside each other now. Thread-safe, so that they can be ended when the benchmark is. */
public final class Fleet implements AutoCloseable {

    private final Launch launch;
    private final List<RunningServer> servers = new ArrayList<>();
    private boolean closed;

    public Fleet(Launch launch) {
        this.launch = launch;
    }

    /**
     * Starts servers and does not wait for them.
     *
     * @throws IOException if one cannot be started, or all are to end
     */
    public synchronized List<RunningServer> start(List<Variant> variants) throws IOException {
        if (closed) {
            throw new IOException("the benchmark is ending");
        }
        for (var variant : variants) {
            servers.add(RunningServer.start(variant, launch));
        }
        return List.copyOf(servers);
    }

    /**
     * Ends all servers, so that others can be started with nothing in them.
     *
     * @param name what the directories of the former ones are called from now on; empty to delete them
     */
    public synchronized void end(String name) throws IOException {
        endAll();
        for (var server : servers) {
            var directory = launch.directory(server.variant());
            if (name.isEmpty()) {
                FileSystemUtils.deleteRecursively(directory);
            } else {
                Files.move(directory, launch.work().resolve(server.variant().label() + "-" + name));
            }
        }
        servers.clear();
    }

    @Override
    public synchronized void close() {
        closed = true;
        endAll();
    }

    private void endAll() {
        servers.parallelStream().forEach(RunningServer::close);
    }
}
