package org.accordhie.consent.web;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.EnforcementStatus;
import org.accordhie.consent.LintFinding;
import org.accordhie.consent.StoredConsent;
import org.accordhie.consent.Supersession;
import org.accordhie.consent.fhir.ConsentOutcomes;
import org.accordhie.consent.fhir.ConsentReader;
import org.accordhie.consent.fhir.LifeReader;
import org.accordhie.consent.fhir.StatusParameters;
import org.accordhie.consent.fhir.UnenforceableConsent;
import org.accordhie.consent.jpa.ConsentJournal;
import org.accordhie.consent.jpa.ConsentRegistry;
import org.accordhie.fhirserver.RequestContext;
import org.accordhie.smart.AccessGrant;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.Requester;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;

/**
 * What there is to say of consents. Runs in the released view of the requester; what it tells of comes along, so that it is
 * decided and recorded like any other release.
 */
final class ConsentReports {

    private final IFhirResourceDao<Consent> dao;
    private final ConsentReader reader;
    private final ConsentRegistry registry;
    private final ConsentJournal journal;
    private final Clock clock;

    ConsentReports(
            IFhirResourceDao<Consent> dao,
            ConsentReader reader,
            ConsentRegistry registry,
            ConsentJournal journal,
            Clock clock) {
        this.dao = dao;
        this.reader = reader;
        this.registry = registry;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * A report.
     *
     * @param answer what is sent
     * @param consents what it tells of
     */
    record Report<T extends Resource>(T answer, List<Consent> consents) {}

    /** What would be said if the consent were written as an active one; nothing is stored. */
    Report<OperationOutcome> validate(Consent consent, Requester requester) {
        var patient = Objects.requireNonNullElse(LifeReader.patientOf(consent), "");
        if (!requester.is(ExchangeRole.PRIVACY_OFFICER) && !patient.equals(requester.patient())) {
            throw new ForbiddenOperationException("not permitted");
        }
        try {
            var id = consent.getIdElement().hasIdPart()
                    ? "Consent/" + consent.getIdElement().getIdPart()
                    : "Consent/new";
            var computable = reader.readAsActive(id, consent);
            var visible = visibleOf(patient);
            var others = othersOf(patient, LifeReader.read(id, consent, clock.instant()), visible);
            var stored = new StoredConsent(id, 0, patient, others.life(), computable, null);
            return new Report<>(ConsentOutcomes.of(stored.lint(others.beside(), clock.instant())), visible);
        } catch (UnenforceableConsent unenforceable) {
            return new Report<>(ConsentOutcomes.of(unenforceable), List.of());
        }
    }

    private List<Consent> visibleOf(String patient) {
        var search = SearchParameterMap.newSynchronous("patient", new ReferenceParam(patient));
        // Of all pages: HAPI would take the length of one from the request.
        return dao.search(search, null).getAllResources().stream()
                .map(Consent.class::cast)
                .toList();
    }

    /** A consent to be, and those that it would leave in force. */
    private record Others(Supersession.Version life, List<StoredConsent> beside) {}

    private Others othersOf(String patient, Supersession.Version life, List<Consent> visible) {
        var ids = visible.stream().map(each -> each.getIdElement().getIdPart()).collect(Collectors.toSet());
        var stored = registry.allOf(patient).stream()
                .filter(each -> ids.contains(each.id()) && !each.life().id().equals(life.id()))
                .toList();
        var lives = new ArrayList<>(stored.stream().map(StoredConsent::life).toList());
        lives.add(life);
        var superseded = Supersession.among(lives);
        return new Others(
                life,
                stored.stream()
                        .map(each ->
                                each.supersededBy(superseded.get(each.life().id())))
                        .toList());
    }

    /** Whether a consent is carried out, and if not, why not. */
    Report<Parameters> status(IdType id, RequestDetails request) {
        var consent = dao.read(id, request);
        var parameters = new Parameters();
        var officer = isOfficer(request);
        registry.find(id.getIdPart()).ifPresent(stored -> say(stored, parameters, clock.instant(), officer));
        return new Report<>(parameters, List.of(consent));
    }

    /** What an officer must look at, or what has one of these states. */
    Report<Parameters> worklist(Set<EnforcementStatus.State> states, int count, int offset, RequestDetails request) {
        var now = clock.instant();
        var page = registry.worklist(states, now, count, offset);
        var parameters = new Parameters();
        StatusParameters.addTotal(parameters, page.total());
        var consents = new ArrayList<Consent>();
        for (var id : page.ids()) {
            consents.add(dao.read(new IdType("Consent", id), request));
            registry.find(id).ifPresent(stored -> say(stored, parameters, now, true));
        }
        return new Report<>(parameters, consents);
    }

    private static boolean isOfficer(RequestDetails request) {
        return RequestContext.get(request, AccessGrant.class)
                .filter(grant -> grant.requester().is(ExchangeRole.PRIVACY_OFFICER))
                .isPresent();
    }

    /** To a patient's app another consent may be hidden, one that names a second patient. */
    private void say(StoredConsent stored, Parameters parameters, Instant now, boolean officer) {
        List<LintFinding> all = stored.policy() instanceof Computable ? journal.of(stored.id()) : List.of();
        var findings = all.stream()
                .filter(finding -> officer || finding.about().isEmpty())
                .toList();
        StatusParameters.addStatus(parameters, stored, stored.statusAt(now), findings);
    }

    /** What happened to consents after a numbered change. */
    Report<Parameters> changes(long after, int count, RequestDetails request) {
        var parameters = new Parameters();
        var changes = journal.changesAfter(after, count);
        changes.forEach(change -> StatusParameters.addChange(parameters, change));
        var consents = changes.stream()
                .map(change -> change.id())
                .distinct()
                .filter(id -> registry.find(id).filter(ConsentReports::isStored).isPresent())
                .map(id -> dao.read(new IdType("Consent", id), request))
                .toList();
        return new Report<>(parameters, consents);
    }

    private static boolean isStored(StoredConsent consent) {
        return consent.life().status() != org.accordhie.consent.ConsentStatus.DELETED;
    }
}
