package org.accordhie.export.web;

import ca.uhn.fhir.batch2.api.IJobCoordinator;
import ca.uhn.fhir.batch2.api.IJobMaintenanceService;
import ca.uhn.fhir.batch2.model.JobInstanceStartRequest;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.accordhie.export.jpa.ExportWork;
import org.accordhie.export.jpa.ExportWork.Job;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.fhirserver.StorageView;
import org.accordhie.fhirserver.Traces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Sees to it that jobs are begun, taken up again and forgotten.
 *
 * <p>A job is a row first and HAPI's job instance second: the row is committed with its audit event before the client hears of
 * it, and what was acknowledged is carried out, whoever is killed. HAPI's own work queue is in memory and is not filled again after
 * a crash, so a job that stands still is given a new instance, which does what is left to do.
 */
final class ExportWatch implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(ExportWatch.class);
    private static final long SECONDS_BETWEEN_LOOKS = 2;

    private final ExportWork work;
    private final IJobCoordinator jobs;
    private final IJobMaintenanceService maintenance;
    private final AccordProperties.Export settings;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        var named = new Thread(work, "export-watch");
        named.setDaemon(true);
        return named;
    });

    ExportWatch(
            ExportWork work,
            IJobCoordinator jobs,
            IJobMaintenanceService maintenance,
            AccordProperties.Export settings) {
        this.work = work;
        this.jobs = jobs;
        this.maintenance = maintenance;
        this.settings = settings;
    }

    /** Begins when HAPI knows its job definitions. */
    @EventListener(ApplicationReadyEvent.class)
    @SuppressWarnings("FutureReturnValueIgnored") // a look says itself what went wrong
    void begin() {
        thread.scheduleWithFixedDelay(this::look, 0, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
    }

    @Override
    public void destroy() {
        thread.shutdown();
    }

    private void look() {
        try {
            StorageView.WHOLE.during(() -> {
                work.forget(settings.keep()).forEach(this::callOff);
                work.due(settings.resumeAfter()).forEach(this::work);
                // A chunk that is ready is sent out by the next pass, which would come once a minute by itself.
                return work.isAnyRunning() && maintenance.triggerMaintenancePass();
            });
        } catch (RuntimeException failed) {
            LOG.error("exports are not seen to: {}", Traces.of(failed));
        }
    }

    private void work(Job job) {
        var request = new JobInstanceStartRequest(ExportConfiguration.DEFINITION, new ExportParameters(job.id()));
        var started = jobs.startInstance(new SystemRequestDetails(), request);
        work.begun(job.id(), started.getInstanceId());
        callOff(job);
    }

    /** HAPI removes a cancelled instance a week later by itself; it knows the job's id and its types. */
    private void callOff(Job job) {
        if (job.instance() != null) {
            jobs.cancelInstance(job.instance());
        }
    }
}
