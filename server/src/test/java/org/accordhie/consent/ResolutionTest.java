package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.ConsentPolicy.Uncomputable;
import org.accordhie.consent.DataReference.Meaning;
import org.accordhie.consent.ResourceCriteria.DataClasses;
import org.accordhie.consent.ResourceCriteria.DataCodes;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.TimeSpan;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what a consent names indirectly")
class ResolutionTest {

    private static final Coding HEART = new Coding("sct", "heart disease");
    private static final Coding ATTACK = new Coding("sct", "heart attack");
    private static final Coding STROKE = new Coding("sct", "stroke");

    private final Resolution resolution = new Resolution(
            code -> code.equals(HEART) ? Set.of(HEART, ATTACK) : Set.of(code),
            address -> Map.of("https://example.org/vessels", Set.of(STROKE)).getOrDefault(address, Set.of()),
            address -> Map.of("Encounter/7", Set.of("Condition/1")).getOrDefault(address, Set.of()));

    private static ResourceCriteria about(DataCodes codes, Set<DataReference> data) {
        return new ResourceCriteria(Set.of(), DataClasses.ANY, codes, LabelCriteria.ANY, null, data);
    }

    private static Computable denying(ResourceCriteria criteria) {
        var deny = new Provision(
                "Consent.provision.provision[0]", Effect.DENY, RequesterCriteria.ANYBODY, criteria, List.of());
        return new Computable(
                "Consent/1/_history/1",
                TimeSpan.ALWAYS,
                List.of(),
                Effect.PERMIT,
                RequesterCriteria.ANYBODY,
                ResourceCriteria.ANYTHING,
                List.of(deny));
    }

    private ResourceCriteria resolved(ResourceCriteria criteria) {
        var consent = (Computable) resolution.resolve(denying(criteria));
        return (ResourceCriteria) consent.provisions().get(0).resource();
    }

    @Test
    void aCodeStandsForThoseBelowIt() {
        var codes = resolved(about(new DataCodes(Set.of(HEART), Set.of()), Set.of()))
                .codes();

        assertThat(codes.codes()).containsExactlyInAnyOrder(HEART, ATTACK);
    }

    @Test
    void aValueSetStandsForItsMembers() {
        var named = new DataCodes(Set.of(HEART), Set.of("https://example.org/vessels"));

        assertThat(resolved(about(named, Set.of())).codes().codes()).containsExactlyInAnyOrder(HEART, ATTACK, STROKE);
    }

    @Test
    void aValueSetThatIsNotLoadedMakesTheConsentUncomputable() {
        var named = new DataCodes(Set.of(), Set.of("https://example.org/unknown"));

        assertThat(resolution.resolve(denying(about(named, Set.of()))))
                .isEqualTo(new Uncomputable(
                        "Consent/1/_history/1",
                        "`Consent.provision.provision[0].code` names a value set that is not loaded here"));
    }

    @Test
    void whereAValueSetIsMissingIsKnown() {
        var unknown = new DataCodes(Set.of(), Set.of("https://example.org/unknown"));
        var unreadable = new Uncomputable("Consent/1", "why");

        assertThat(resolution.placeOfMissing(denying(about(unknown, Set.of()))))
                .contains("Consent.provision.provision[0].code");
        assertThat(resolution.placeOfMissing(denying(about(new DataCodes(Set.of(HEART), Set.of()), Set.of()))))
                .isEmpty();
        assertThat(resolution.placeOfMissing(unreadable)).isEmpty();
        assertThat(resolution.resolve(unreadable)).isEqualTo(unreadable);
    }

    @Test
    void whatTheRootAndARuleInsideARuleDependOnIsKnown() {
        var related = about(DataCodes.ANY, Set.of(new DataReference(Meaning.RELATED, "Encounter/7")));
        var inner =
                denying(about(new DataCodes(Set.of(HEART), Set.of()), Set.of())).provisions();
        var outer = new Provision("p", Effect.DENY, RequesterCriteria.ANYBODY, ResourceCriteria.ANYTHING, inner);
        var consent = new Computable(
                "Consent/1/_history/1",
                TimeSpan.ALWAYS,
                List.of(),
                Effect.PERMIT,
                RequesterCriteria.ANYBODY,
                related,
                List.of(outer));

        assertThat(Resolution.dependencies(consent)).containsExactlyInAnyOrder("Encounter/7", Resolution.TERMINOLOGY);
    }

    @Test
    void relatedDataIsTheResourceAndWhatItRefersTo() {
        var related = new DataReference(Meaning.RELATED, "Encounter/7");

        assertThat(resolved(about(DataCodes.ANY, Set.of(related))).data())
                .containsExactlyInAnyOrder(related, new DataReference(Meaning.INSTANCE, "Condition/1"));
    }

    @Test
    void whatATokenForbidsAsRelatedIsResolvedToo() {
        var related = new DataReference(Meaning.RELATED, "Encounter/7");
        var stated = new TokenResidual.TokenRule(
                Effect.DENY, about(new DataCodes(Set.of(HEART), Set.of()), Set.of(related)));

        var resolved = resolution.resolve(new TokenResidual("Patient/ann", List.of(stated)));

        assertThat(resolved.patient()).isEqualTo("Patient/ann");
        assertThat(resolved.rules())
                .containsExactly(new TokenResidual.TokenRule(
                        Effect.DENY,
                        about(
                                new DataCodes(Set.of(HEART), Set.of()),
                                Set.of(related, new DataReference(Meaning.INSTANCE, "Condition/1")))));
    }

    @Test
    void otherMeaningsStayWhatTheyAre() {
        for (var meaning : Set.of(Meaning.INSTANCE, Meaning.DEPENDENTS, Meaning.AUTHOREDBY)) {
            var named = Set.of(new DataReference(meaning, "Encounter/7"));

            assertThat(resolved(about(DataCodes.ANY, named)).data()).isEqualTo(named);
        }
    }

    @Test
    void whatItDependsOnIsKnown() {
        var plain = denying(about(DataCodes.ANY, Set.of(new DataReference(Meaning.DEPENDENTS, "Encounter/7"))));
        var deep = denying(about(
                new DataCodes(Set.of(HEART), Set.of()), Set.of(new DataReference(Meaning.RELATED, "Encounter/7"))));

        assertThat(Resolution.dependencies(plain)).isEmpty();
        assertThat(Resolution.dependencies(deep)).isEqualTo(Set.of("Encounter/7", Resolution.TERMINOLOGY));
        assertThat(Resolution.dependencies(new Uncomputable("Consent/1", "why")))
                .isEmpty();
    }

    @Test
    void resolvingMakesADenialNoNarrower() {
        Seeds.forAll(5_000, seed -> {
            var some = new Some(seed);
            for (var consent :
                    some.consents().values().stream().flatMap(List::stream).toList()) {
                assertThat(resolution.resolve(resolution.resolve(consent)))
                        .as("resolved twice is resolved once")
                        .isEqualTo(resolution.resolve(consent));
                var named = new HashSet<>(Resolution.dependencies(consent));
                assertThat(Resolution.dependencies(resolution.resolve(consent))).containsAll(named);
            }
        });
    }
}
