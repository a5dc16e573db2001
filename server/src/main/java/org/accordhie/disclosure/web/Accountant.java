package org.accordhie.disclosure.web;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.accordhie.disclosure.Accounting;
import org.accordhie.disclosure.AccountingEntry;
import org.accordhie.disclosure.AccountingPeriod;
import org.accordhie.disclosure.AccountingRule;
import org.accordhie.disclosure.Disclosure;
import org.accordhie.disclosure.fhir.KnownRecipients;
import org.accordhie.disclosure.jpa.RecordedDisclosures;
import org.accordhie.disclosure.jpa.Suspensions;
import org.accordhie.disclosure.jpa.TrailDisclosures;
import org.accordhie.smart.Partner;
import org.accordhie.smart.PartnerRegistry;
import org.accordhie.vocabulary.ExchangeRole;
import org.hl7.fhir.r4.model.Organization;

/** Puts together all that is known of a patient's disclosures, in the running transaction. Thread-safe. */
final class Accountant {

    private final TrailDisclosures trail;
    private final RecordedDisclosures recorded;
    private final Suspensions suspensions;
    private final PartnerRegistry partners;
    private final IFhirResourceDao<Organization> organizations;

    Accountant(
            TrailDisclosures trail,
            RecordedDisclosures recorded,
            Suspensions suspensions,
            PartnerRegistry partners,
            IFhirResourceDao<Organization> organizations) {
        this.trail = trail;
        this.recorded = recorded;
        this.suspensions = suspensions;
        this.partners = partners;
        this.organizations = organizations;
    }

    /** Every row of an accounting. */
    List<AccountingEntry> account(AccountingRule rule, String patient, AccountingPeriod period, Instant asked) {
        return Accounting.of(rule, period, known(patient, period), suspensions.open(patient), asked);
    }

    /** Every access. */
    List<Disclosure> accesses(String patient, AccountingPeriod period, Instant asked) {
        return Accounting.accesses(period, known(patient, period), suspensions.open(patient), asked);
    }

    private List<Disclosure> known(String patient, AccountingPeriod period) {
        var officers = partners.all().stream()
                .filter(partner -> partner.roles().contains(ExchangeRole.PRIVACY_OFFICER))
                .map(Partner::clientId)
                .collect(Collectors.toSet());
        var all = new ArrayList<>(trail.of(patient, period, officers));
        all.addAll(recorded.of(patient));
        // Before suspensions are looked at, since these may name a recipient as it is called now.
        var recipients = new KnownRecipients(organizations, trail::isOrganization);
        return all.stream()
                .map(disclosure -> disclosure.to(recipients.apply(disclosure.recipient())))
                .toList();
    }
}
