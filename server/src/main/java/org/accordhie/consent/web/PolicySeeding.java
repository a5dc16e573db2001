package org.accordhie.consent.web;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Set;
import org.accordhie.consent.HardRule.Kind;
import org.accordhie.consent.fhir.PolicyPacks;
import org.accordhie.consent.fhir.PolicyReader;
import org.accordhie.consent.fhir.UnenforceableConsent;
import org.accordhie.consent.jpa.PolicyTable;
import org.accordhie.fhirserver.AccordProperties.Policies;
import org.accordhie.fhirserver.RecordImport;
import org.accordhie.vocabulary.Requester;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Consent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives a database that has never held a rule the packs that the settings name, and holds that there is a default before the
 * first request is served. What officers changed later is never touched.
 */
final class PolicySeeding implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(PolicySeeding.class);

    private final FhirContext context;
    private final PolicyTable policies;
    private final RecordImport records;
    private final TransactionTemplate transaction;
    private final Policies settings;

    PolicySeeding(
            FhirContext context,
            PolicyTable policies,
            RecordImport records,
            TransactionTemplate transaction,
            Policies settings) {
        this.context = context;
        this.policies = policies;
        this.records = records;
        this.transaction = transaction;
        this.settings = settings;
    }

    @Override
    public void afterSingletonsInstantiated() {
        transaction.executeWithoutResult(status -> {
            if (policies.isUntouched()) {
                // Stored by transactions of their own, while this one keeps other nodes waiting.
                seed();
            }
        });
        if (!policies.holdsDefault()) {
            throw new NoPolicyInForce(
                    "the database holds no active policy of the kind DEFAULT, so nothing could be released",
                    "a privacy officer's `Consent` of that kind was taken out of force behind the exchange's back: put it"
                            + " back, or restore the database");
        }
    }

    private void seed() {
        var rules = rules();
        var source = settings.organization();
        var bundle = new Bundle().setType(BundleType.TRANSACTION);
        for (var rule : rules) {
            var id = rule.getIdElement().getIdPart();
            var address = "Consent/" + id;
            records.reserve(source, "Consent", address, id);
            bundle.addEntry()
                    .setFullUrl(address)
                    .setResource(rule)
                    .getRequest()
                    .setMethod(HTTPVerb.PUT)
                    .setUrl(address);
        }
        records.store(
                new Requester("policy-packs", "", source, Set.of(source), null, null, Set.of(), Set.of(), Set.of()),
                bundle);
        LOG.info("policies: {} rules of {} are in force", rules.size(), String.join(", ", settings.packs()));
    }

    private List<Consent> rules() {
        var packs = settings.packs();
        packs.stream()
                .filter(name -> !PolicyPacks.NAMES.contains(name))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new NoPolicyInForce(
                            "`" + unknown + "` in `accord.policies.packs` is no pack of rules",
                            "name some of " + String.join(", ", PolicyPacks.NAMES));
                });
        var rules = PolicyPacks.rules(context, packs);
        if (rules.stream().noneMatch(PolicySeeding::isDefault)) {
            throw new NoPolicyInForce(
                    "`accord.policies.packs` names no pack with a policy of the kind DEFAULT, so nothing could be released",
                    "name us-opt-out or us-opt-in too");
        }
        return rules;
    }

    private static boolean isDefault(Consent rule) {
        try {
            return PolicyReader.read(rule).kind() == Kind.DEFAULT;
        } catch (UnenforceableConsent unenforceable) {
            throw new IllegalStateException(unenforceable.reason(), unenforceable);
        }
    }
}
