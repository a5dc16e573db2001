package org.accordhie.benchmark.work;

import java.util.List;
import org.accordhie.benchmark.measure.CpuTime;
import org.accordhie.benchmark.measure.ProcessTimes;
import org.accordhie.benchmark.server.RunningServer;

/**
 * A loaded server and its clients.
 *
 * @param server the server
 * @param sessions as many clients as there will be at the same time
 */
public record Target(RunningServer server, List<Session> sessions) {

    public Target {
        sessions = List.copyOf(sessions);
    }

    /** As in tables. */
    public String label() {
        return server.variant().label();
    }

    /** CPU time used so far, by the driver too. */
    CpuTime cpu(ProcessTimes times) {
        return server.cpu(times)
                .plus(new CpuTime(0, 0, times.millisOf(ProcessHandle.current().pid())));
    }
}
