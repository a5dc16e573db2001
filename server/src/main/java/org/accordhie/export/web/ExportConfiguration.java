package org.accordhie.export.web;

import ca.uhn.fhir.batch2.api.IJobCoordinator;
import ca.uhn.fhir.batch2.api.IJobMaintenanceService;
import ca.uhn.fhir.batch2.model.JobDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.dao.SearchBuilderFactory;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import java.time.Clock;
import java.util.List;
import org.accordhie.audit.AuditTrail;
import org.accordhie.audit.fhir.TrailExport;
import org.accordhie.consent.ReleasedViews;
import org.accordhie.export.jpa.ExportJobs;
import org.accordhie.export.jpa.ExportWork;
import org.accordhie.export.jpa.ReleasedRows;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.fhirserver.OperationRoutes;
import org.accordhie.fhirserver.RequestLine;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts bulk export together. HAPI's own is not routed: it reads with an identity that no consent is about. */
@Configuration(proxyBeanMethods = false)
class ExportConfiguration {

    /** The name of the job in HAPI's batch framework. */
    static final String DEFINITION = "ACCORD_EXPORT";

    @Bean
    ExportWork exportWork(JdbcClient jdbc) {
        return new ExportWork(jdbc);
    }

    @Bean
    ReleasedRows releasedRows(JdbcClient jdbc, SearchBuilderFactory<JpaPid> loaders, FhirContext context) {
        return new ReleasedRows(jdbc, loaders, context);
    }

    @Bean
    JobDefinition<ExportParameters> exportJob(
            ReleasedViews views, ExportWork work, ReleasedRows rows, TrailExport trail, AccordProperties properties) {
        return JobDefinition.newBuilder()
                .setJobDefinitionId(DEFINITION)
                .setJobDescription("lists what is released to the requester of a bulk export")
                .setJobDefinitionVersion(1)
                .setParametersType(ExportParameters.class)
                .addFirstStep("plan", "a chunk for each type", ExportedType.class, new PlanStep(work))
                .addLastStep(
                        "list",
                        "lists a type, file by file",
                        new ListStep(
                                views, work, rows, trail, properties.export().fileSize()))
                .build();
    }

    @Bean
    ExportWatch exportWatch(
            ExportWork work, IJobCoordinator jobs, IJobMaintenanceService maintenance, AccordProperties properties) {
        return new ExportWatch(work, jobs, maintenance, properties.export());
    }

    @Bean
    ExportRecords exportRecords(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            AuditTrail audit,
            Clock clock,
            AccordProperties properties) {
        var transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        var jobs = new ExportJobs(jdbc, properties.export().keep());
        return new ExportRecords(transaction, jobs, audit, clock);
    }

    @Bean
    OperationRoutes exportRoutes(
            RequestLine line,
            ExportRecords records,
            ReleasedViews views,
            ReleasedRows rows,
            TrailExport trail,
            DaoRegistry daos,
            AccordProperties properties) {
        var base = properties.baseUrl().toString();
        var members = new GroupMembers(line, daos, views, rows, base);
        var kickOff = new KickOff(line, records, members, properties.export(), base);
        var status = new JobStatus(line, records, base);
        var files = new FileDownload(line, records, rows, trail);
        return () -> List.of(new KickOffRoutes(kickOff), new JobRoutes(status, files));
    }
}
