package org.accordhie.review.web;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.accordhie.review.FindingState;
import org.accordhie.review.KeptFinding;
import org.accordhie.review.Step;
import org.accordhie.review.fhir.FindingParameters;
import org.accordhie.review.fhir.PersonReader;
import org.accordhie.review.jpa.FindingTable;
import org.accordhie.review.jpa.FindingTable.Sought;
import org.accordhie.review.jpa.ReviewRows;
import org.accordhie.review.jpa.SampleTable;
import org.accordhie.review.web.ReviewGate.Asker;
import org.accordhie.review.web.ReviewGate.Told;
import org.hl7.fhir.r4.model.Parameters;
import org.jspecify.annotations.Nullable;

/** What the rules found, what officers say of it, and samples. Runs in the transaction of the {@link ReviewGate}. */
final class AccessReviews {

    private final DayReview days;
    private final FindingTable findings;
    private final ReviewRows steps;
    private final SampleTable samples;
    private final PersonReader persons;
    private final EmergencyReviews emergencies;

    AccessReviews(
            DayReview days,
            FindingTable findings,
            ReviewRows steps,
            SampleTable samples,
            PersonReader persons,
            EmergencyReviews emergencies) {
        this.days = days;
        this.findings = findings;
        this.steps = steps;
        this.samples = samples;
        this.persons = persons;
        this.emergencies = emergencies;
    }

    /** Asks the rules about the days, the first and the last included. */
    Told<Parameters> run(LocalDate first, LocalDate last, Asker asker) {
        var result = days.look(first, last, asker.at());
        return new Told<>(FindingParameters.ofRun(result.counts()), result.patients(), Set.of());
    }

    /** What was found. */
    Told<Parameters> findings(Sought sought, int count, int offset) {
        var found = findings.search(sought, count, offset);
        return new Told<>(
                FindingParameters.of(found.page(), found.total()), patientsOf(found.page()), eventsOf(found.page()));
    }

    /**
     * Takes down what an officer says of a finding.
     *
     * @param version what they have seen of it; more than that is a conflict
     */
    Told<Parameters> close(UUID id, int version, FindingState state, String comment, Asker asker) {
        var kept = findings.find(id).orElseThrow(() -> new ResourceNotFoundException("not found"));
        var officer = persons.known(asker.party());
        emergencies.refuseOwn(officer, kept.finding().party());
        if (version != kept.version()) {
            throw new ResourceVersionConflictException("conflict");
        }
        if (state == kept.state()) {
            throw new UnprocessableEntityException("the finding is `" + state.code() + "` already");
        }
        if (!steps.add(id, new Step(version, asker.at(), officer, state.code(), comment))) {
            throw new ResourceVersionConflictException("conflict");
        }
        var after = findings.find(id).orElseThrow();
        return new Told<>(FindingParameters.of(after), patientsOf(Set.of(after)), eventsOf(Set.of(after)));
    }

    /** The sample of a month, always the same of one seed and size. */
    Told<Parameters> sample(YearMonth month, int seed, int size, Asker asker) {
        var drawn = samples.draw(month, seed, size, asker.party().name(), asker.at());
        var patients = new HashSet<String>();
        drawn.forEach(each -> patients.addAll(each.patients()));
        var events = drawn.stream()
                .map(each -> "AuditEvent/" + each.event() + "/_history/1")
                .collect(Collectors.toSet());
        return new Told<>(FindingParameters.ofSample(drawn), patients, events);
    }

    /** The patients whose record is looked at closely, after one was put on the list or taken off it. */
    Told<Parameters> list(@Nullable String patient, boolean listed, Asker asker) {
        if (patient != null) {
            findings.list(patient, listed, asker.party().name(), asker.at());
        }
        var patients = findings.listed();
        return new Told<>(FindingParameters.ofList(patients), patients, Set.of());
    }

    private static Set<String> patientsOf(Collection<KeptFinding> page) {
        var patients = new HashSet<String>();
        for (var kept : page) {
            var patient = kept.finding().patient();
            if (patient != null) {
                patients.add(patient);
            }
        }
        return patients;
    }

    private static Set<String> eventsOf(Collection<KeptFinding> page) {
        return page.stream()
                .map(kept -> "AuditEvent/" + kept.finding().event() + "/_history/1")
                .collect(Collectors.toSet());
    }
}
