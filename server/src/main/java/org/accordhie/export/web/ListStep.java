package org.accordhie.export.web;

import ca.uhn.fhir.batch2.api.IJobDataSink;
import ca.uhn.fhir.batch2.api.IJobStepWorker;
import ca.uhn.fhir.batch2.api.RunOutcome;
import ca.uhn.fhir.batch2.api.StepExecutionDetails;
import ca.uhn.fhir.batch2.api.VoidModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.accordhie.audit.TrailReach;
import org.accordhie.audit.TrailSpan;
import org.accordhie.audit.TrailSpan.Concern;
import org.accordhie.audit.fhir.TrailExport;
import org.accordhie.consent.ReleasedViews;
import org.accordhie.export.jpa.ExportWork;
import org.accordhie.export.jpa.ExportWork.Order;
import org.accordhie.export.jpa.ExportWork.Place;
import org.accordhie.export.jpa.ReleasedRows;
import org.accordhie.fhirserver.StorageView;
import org.accordhie.fhirserver.Traces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;

/**
 * The second step of a job: lists one type, file by file. Each file is one transaction, which sees what is released to the
 * requester at that moment, and in which the part moves on; so it can be killed anywhere, be begun again, and be done twice at
 * once, and each resource is listed once.
 */
final class ListStep implements IJobStepWorker<ExportParameters, ExportedType, VoidModel> {

    private static final Logger LOG = LoggerFactory.getLogger(ListStep.class);

    private static final List<String> LETTERS = List.of("rs");

    private final ReleasedViews views;
    private final ExportWork work;
    private final ReleasedRows rows;
    private final TrailExport trail;
    private final int fileSize;

    ListStep(ReleasedViews views, ExportWork work, ReleasedRows rows, TrailExport trail, int fileSize) {
        this.views = views;
        this.work = work;
        this.rows = rows;
        this.trail = trail;
        this.fileSize = fileSize;
    }

    @Override
    public RunOutcome run(
            StepExecutionDetails<ExportParameters, ExportedType> details, IJobDataSink<VoidModel> nothing) {
        var job = details.getParameters().job();
        var type = details.getData().type();
        try {
            return new RunOutcome(list(job, type));
        } catch (RuntimeException failed) {
            // The framework logs and keeps what it is told, and the database's own words may quote a row.
            LOG.error("{} of export {} could not be listed: {}", type, job, Traces.of(failed));
            throw new NotListed();
        }
    }

    /** How many resources it found. */
    private int list(UUID job, String type) {
        var order = StorageView.WHOLE.during(() -> work.claim(job, type) ? work.order(job) : Optional.<Order>empty());
        return order.map(each -> list(job, type, each)).orElse(0);
    }

    private int list(UUID job, String type, Order order) {
        var total = 0;
        var found = next(job, type, order);
        while (found.isPresent()) {
            total += found.getAsInt();
            found = found.getAsInt() < fileSize ? OptionalInt.empty() : next(job, type, order);
        }
        return total;
    }

    /** Lists a file, and says how long it is; empty if somebody else is at it, or the job has been called off. */
    private OptionalInt next(UUID job, String type, Order order) {
        try {
            return look(job, type, order);
        } catch (ConcurrencyFailureException overtaken) {
            LOG.debug("somebody else lists {} of export {}: {}", type, job, Traces.of(overtaken));
            return OptionalInt.empty();
        }
    }

    private OptionalInt look(UUID job, String type, Order order) {
        return views.look(order.grant(), LETTERS, () -> {
            var place = work.take(job, type);
            if (place.isEmpty()) {
                return OptionalInt.empty();
            }
            return OptionalInt.of(
                    type.equals(TrailReach.TYPE)
                            ? listEvents(job, order, place.get())
                            : listResources(job, type, order, place.get()));
        });
    }

    private int listResources(UUID job, String type, Order order, Place place) {
        var found = rows.page(order, type, place.after(), fileSize);
        work.list(job, type, place, found, found.size() < fileSize);
        return found.size();
    }

    private int listEvents(UUID job, Order order, Place place) {
        var concern = switch (order.level()) {
            case SYSTEM -> Concern.ANYTHING;
            case PATIENT -> Concern.ANY_PATIENT;
            case GROUP -> Concern.PATIENTS;
        };
        var span = new TrailSpan(order.since(), order.until(), concern, order.members());
        var found = trail.list(order.grant(), span, place.mark(), fileSize);
        work.listEvents(job, TrailReach.TYPE, place, found, found.size() < fileSize);
        return found.size();
    }

    /** Why is in the log. */
    static final class NotListed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotListed() {
            super("a part of an export could not be listed");
        }
    }
}
