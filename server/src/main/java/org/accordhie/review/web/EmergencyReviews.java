package org.accordhie.review.web;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.review.FourEyes;
import org.accordhie.review.Notice;
import org.accordhie.review.Party;
import org.accordhie.review.Review;
import org.accordhie.review.ReviewReport;
import org.accordhie.review.ReviewReport.Thresholds;
import org.accordhie.review.ReviewState;
import org.accordhie.review.Step;
import org.accordhie.review.Verdict;
import org.accordhie.review.fhir.CaseTask;
import org.accordhie.review.fhir.PersonReader;
import org.accordhie.review.fhir.ReviewParameters;
import org.accordhie.review.jpa.NoticeTable;
import org.accordhie.review.jpa.ReviewRows;
import org.accordhie.review.web.ReviewGate.Asker;
import org.accordhie.review.web.ReviewGate.Told;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/** The queue of emergencies, and what officers say of them. Runs in the transaction of the {@link ReviewGate}. */
final class EmergencyReviews {

    private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");

    private final ReviewRows rows;
    private final NoticeTable notices;
    private final PersonReader persons;
    private final AccordProperties settings;

    EmergencyReviews(ReviewRows rows, NoticeTable notices, PersonReader persons, AccordProperties settings) {
        this.rows = rows;
        this.notices = notices;
        this.persons = persons;
        this.settings = settings;
    }

    /** The emergencies in some states, oldest first, with the exact total. */
    Told<Bundle> queue(Set<ReviewState> states, int count, int offset) {
        var all = rows.opened(Instant.EPOCH, EVER).stream()
                .filter(review -> states.contains(review.state()))
                .toList();
        var page = all.stream().skip(offset).limit(count).toList();
        var bundle = new Bundle().setType(BundleType.SEARCHSET).setTotal(all.size());
        page.forEach(review -> bundle.addEntry()
                .setFullUrl("urn:uuid:" + review.emergency().id())
                .setResource(task(review)));
        return new Told<>(
                bundle,
                patientsOf(page),
                page.stream().map(EmergencyReviews::address).collect(Collectors.toSet()));
    }

    /**
     * Takes down what an officer says of an emergency.
     *
     * @param version what they have seen of it; more than that is a conflict
     */
    Told<Task> close(UUID id, int version, Verdict verdict, String comment, Asker asker) {
        var review = rows.find(id).orElseThrow(() -> new ResourceNotFoundException("not found"));
        var officer = persons.known(asker.party());
        refuseOwn(officer, review.emergency().requester());
        if (version != review.version()) {
            throw new ResourceVersionConflictException("conflict");
        }
        review.refuse(officer, verdict).ifPresent(EmergencyReviews::refused);
        var step = new Step(version, asker.at(), officer, verdict.code(), comment);
        if (!rows.add(id, step)) {
            throw new ResourceVersionConflictException("conflict");
        }
        var after = rows.find(id).orElseThrow();
        tell(after, asker.at());
        return new Told<>(task(after), patientsOf(List.of(after)), Set.of(address(after)));
    }

    /** Refuses an officer who would review what is their own. */
    void refuseOwn(Party officer, Party requester) {
        FourEyes.refuse(officer, persons.known(requester), settings.policies().organization())
                .ifPresent(EmergencyReviews::refused);
    }

    private static void refused(String why) {
        throw new UnprocessableEntityException(why);
    }

    private void tell(Review review, Instant at) {
        var emergency = review.emergency();
        if (review.state() == ReviewState.AWAITING_CONFIRMATION) {
            notices.add(Notice.Kind.CONFIRMATION_NEEDED, emergency.id(), emergency.patient(), false, at);
        } else if (review.state().isClosed()) {
            notices.add(Notice.Kind.CLOSED, emergency.id(), emergency.patient(), false, at);
        }
    }

    /** Counts by organisation, user and month; the months given are counted too. */
    Told<Parameters> report(YearMonth from, YearMonth until) {
        var reviews = rows.opened(begin(from), begin(until.plusMonths(1)));
        var review = settings.review();
        var thresholds = new Thresholds(review.outlierCount(), review.outlierFactor());
        return new Told<>(ReviewParameters.of(ReviewReport.of(reviews, thresholds)), Set.of(), Set.of());
    }

    private static Instant begin(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /**
     * What happened after a place in the order of all notices.
     *
     * @param patient whose app asks; null for an officer
     */
    Told<Parameters> notices(String cursor, int count, @Nullable String patient) {
        var found = patient == null ? notices.after(cursor, count) : notices.after(cursor, patient, count);
        var patients = found.stream().map(Notice::patient).collect(Collectors.toSet());
        return new Told<>(ReviewParameters.of(found, cursor, patient == null), patients, Set.of());
    }

    private Task task(Review review) {
        var window = settings.breakGlass().window();
        return CaseTask.of(review, window, rows.events(review.emergency(), window));
    }

    private static Set<String> patientsOf(List<Review> reviews) {
        return reviews.stream().map(review -> review.emergency().patient()).collect(Collectors.toSet());
    }

    private static String address(Review review) {
        return "Task/" + review.emergency().id() + "/_history/" + review.version();
    }
}
