package org.accordhie.review.web;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import org.accordhie.audit.AuditTrail;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.fhirserver.OperationRoutes;
import org.accordhie.fhirserver.RequestLine;
import org.accordhie.fhirserver.ReviewProperties;
import org.accordhie.review.AccessRule;
import org.accordhie.review.AccessRules;
import org.accordhie.review.Emergencies;
import org.accordhie.review.fhir.PersonReader;
import org.accordhie.review.jpa.AccessRows;
import org.accordhie.review.jpa.EmergencyTable;
import org.accordhie.review.jpa.FindingTable;
import org.accordhie.review.jpa.NoticeTable;
import org.accordhie.review.jpa.ReviewRows;
import org.accordhie.review.jpa.SampleTable;
import org.accordhie.review.jpa.Watermark;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the review of emergencies and of accesses together. */
@Configuration(proxyBeanMethods = false)
class ReviewConfiguration {

    @Bean
    Emergencies emergencies(JdbcClient jdbc, AccordProperties properties) {
        var settings = properties.breakGlass();
        return new EmergencyTable(jdbc, new NoticeTable(jdbc), settings.window(), settings.notifyPatient());
    }

    @Bean
    ReviewGate reviewGate(RequestLine line, PlatformTransactionManager transactions, AuditTrail audit, Clock clock) {
        return new ReviewGate(line, transaction(transactions), audit, clock);
    }

    @Bean
    EmergencyReviews emergencyReviews(JdbcClient jdbc, DaoRegistry daos, AccordProperties properties) {
        return new EmergencyReviews(new ReviewRows(jdbc), new NoticeTable(jdbc), persons(jdbc, daos), properties);
    }

    @Bean
    DayReview dayReview(JdbcClient jdbc, DaoRegistry daos, AccordProperties properties) {
        return new DayReview(
                new AccessRows(jdbc), new FindingTable(jdbc), persons(jdbc, daos), rules(properties.review()));
    }

    /** Throws if a rule is turned off that there is not. */
    private static AccessRules rules(ReviewProperties settings) {
        var asked = EnumSet.allOf(AccessRule.class);
        for (var code : settings.off()) {
            asked.remove(AccessRule.ofCode(code)
                    .orElseThrow(() -> new IllegalStateException(
                            "`accord.review.off` names the rule `" + code + "`, which there is not")));
        }
        var thresholds = new AccessRules.Thresholds(
                settings.relationshipDays(),
                settings.volumePatients(),
                settings.volumeFactor(),
                settings.refusals(),
                settings.refusalPercent());
        return new AccessRules(asked, thresholds);
    }

    @Bean
    @ConditionalOnProperty(name = "accord.review.nightly", havingValue = "true", matchIfMissing = true)
    NightlyReview nightlyReview(
            DayReview review,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock,
            AccordProperties properties) {
        return new NightlyReview(
                review,
                new AccessRows(jdbc),
                new Watermark(jdbc),
                transaction(transactions),
                clock,
                properties.review().settle());
    }

    @Bean
    OperationRoutes reviewRoutes(
            ReviewGate gate, EmergencyReviews emergencies, DayReview days, JdbcClient jdbc, DaoRegistry daos) {
        var accesses = new AccessReviews(
                days,
                new FindingTable(jdbc),
                new ReviewRows(jdbc),
                new SampleTable(jdbc),
                persons(jdbc, daos),
                emergencies);
        return () -> List.of(new BreakGlassRoutes(gate, emergencies), new AccessReviewRoutes(gate, accesses));
    }

    private static PersonReader persons(JdbcClient jdbc, DaoRegistry daos) {
        return new PersonReader(daos, new AccessRows(jdbc)::isStored);
    }

    private static TransactionTemplate transaction(PlatformTransactionManager transactions) {
        var transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return transaction;
    }
}
