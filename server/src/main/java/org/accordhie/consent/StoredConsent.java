package org.accordhie.consent;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.jspecify.annotations.Nullable;

/**
 * A consent as the registry keeps it.
 *
 * @param id its id
 * @param version the current version
 * @param patient whose it is, as {@code Patient/[id]}
 * @param life what supersession looks at
 * @param policy how the decision reads it; null unless it is active
 * @param supersededBy the consent that stands in its place, as {@code Consent/[id]}; null where there is none
 */
public record StoredConsent(
        String id,
        long version,
        String patient,
        Supersession.Version life,
        @Nullable ConsentPolicy policy,
        @Nullable String supersededBy) {

    /** Whether decisions follow it, while it is valid. */
    public boolean isInForce() {
        return policy != null && supersededBy == null;
    }

    /** What decisions follow of one patient's consents, while it is valid, whatever was settled about them before. */
    public static List<ConsentPolicy> inForceAmong(Collection<StoredConsent> ofPatient) {
        var superseded =
                Supersession.among(ofPatient.stream().map(StoredConsent::life).toList());
        return ofPatient.stream()
                .filter(each -> !superseded.containsKey(each.life().id()))
                .flatMap(each -> Stream.ofNullable(each.policy()))
                .toList();
    }

    /** What the linter says of it beside the patient's other consents; nothing where it is not in force or computable. */
    public List<LintFinding> lint(List<StoredConsent> ofPatient, Instant at) {
        if (!isInForce() || !(policy instanceof Computable computable)) {
            return List.of();
        }
        var others = ofPatient.stream()
                .filter(other -> other.isInForce() && !other.id.equals(id))
                .map(StoredConsent::policy)
                .filter(Computable.class::isInstance)
                .map(Computable.class::cast)
                .toList();
        return ConsentLint.check(computable, others, at);
    }

    /** Its status at an instant. */
    public EnforcementStatus statusAt(Instant at) {
        return EnforcementStatus.of(life.status(), supersededBy, policy, at);
    }

    /** The same in the place of which another one stands, or none. */
    public StoredConsent supersededBy(@Nullable String other) {
        return new StoredConsent(id, version, patient, life, policy, other);
    }
}
