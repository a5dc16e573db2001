package org.accordhie.export;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A job, as far as it is.
 *
 * @param id its random id
 * @param request the address of the kick-off
 * @param transactionTime everything that was stored before is listed, as far as it was released
 * @param expires when the job and its files go
 * @param failed whether it was given up
 * @param types how many types it is about
 * @param typesListed how many of them are listed in whole
 * @param files what is listed so far, by type and number
 */
public record ExportJob(
        UUID id,
        String request,
        Instant transactionTime,
        Instant expires,
        boolean failed,
        int types,
        int typesListed,
        List<Listed> files) {

    public ExportJob {
        files = List.copyOf(files);
    }

    /**
     * A file that is listed.
     *
     * @param count how many resources it listed when it was made; fetching it may find fewer
     */
    public record Listed(ExportFile file, int count) {}

    /** Where a job is. */
    public enum State {
        RUNNING,
        COMPLETE,
        FAILED
    }

    public State state() {
        if (failed) {
            return State.FAILED;
        }
        return typesListed == types ? State.COMPLETE : State.RUNNING;
    }

    /** In words, for {@code X-Progress}. */
    public String progress() {
        var resources = files.stream().mapToLong(Listed::count).sum();
        return "%d of %d types listed, %d resources so far".formatted(typesListed, types, resources);
    }
}
