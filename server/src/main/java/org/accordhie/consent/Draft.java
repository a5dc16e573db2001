package org.accordhie.consent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.jspecify.annotations.Nullable;

/** A consent or a law that is not in force yet: it takes the place of the one with its id, or is added. */
public sealed interface Draft {

    /** The rules as they would be with it. */
    Rules appliedTo(Rules rules);

    /** What it says; null if it would not be in force. */
    @Nullable
    ConsentPolicy says();

    /** The care teams and roles that it names, as {@code [type]/[id]}. */
    default Set<String> teams() {
        var said = says();
        return said == null
                ? Set.of()
                : new ReleaseRule("", new Labels(Set.of(), Confidentiality.N), List.of(List.of(said)))
                        .recipients(List.of("CareTeam/", "PractitionerRole/"));
    }

    /**
     * A patient's consent. Which of the patient's others it replaces is decided as if it were stored.
     *
     * @param draft the consent
     * @param stored every consent of the patients concerned, whatever has become of it
     */
    record OfConsent(StoredConsent draft, List<StoredConsent> stored) implements Draft {

        public OfConsent {
            stored = List.copyOf(stored);
        }

        @Override
        public @Nullable ConsentPolicy says() {
            return draft.policy();
        }

        @Override
        public Rules appliedTo(Rules rules) {
            var consents = new HashMap<String, Collection<ConsentPolicy>>(rules.consents());
            patients().forEach(patient -> consents.put(patient, inForceOf(patient)));
            return new Rules(rules.policy(), consents);
        }

        /** Whose it would be, and whose it is now. */
        public Set<String> patients() {
            return Stream.concat(
                            Stream.of(draft),
                            stored.stream().filter(each -> each.id().equals(draft.id())))
                    .map(StoredConsent::patient)
                    .collect(Collectors.toSet());
        }

        private List<ConsentPolicy> inForceOf(String patient) {
            return StoredConsent.inForceAmong(Stream.concat(
                            stored.stream().filter(each -> !each.id().equals(draft.id())), Stream.of(draft))
                    .filter(each -> each.patient().equals(patient))
                    .toList());
        }
    }

    /**
     * A rule of law or organisation.
     *
     * @param id its logical id; empty for a new one
     * @param law what it says; null for one that would not be in force
     */
    record OfLaw(String id, @Nullable HardRule law) implements Draft {

        @Override
        public @Nullable ConsentPolicy says() {
            return law == null ? null : law.rule();
        }

        @Override
        public Rules appliedTo(Rules rules) {
            var version = "Consent/" + id + "/_history/";
            var laws = new ArrayList<HardRule>();
            rules.policy().rules().stream()
                    .filter(each -> id.isEmpty() || !each.rule().id().startsWith(version))
                    .forEach(laws::add);
            if (law != null) {
                laws.add(law);
            }
            return new Rules(new ReleasePolicy(laws), rules.consents());
        }
    }
}
