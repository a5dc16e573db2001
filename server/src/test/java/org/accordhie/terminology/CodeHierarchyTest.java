package org.accordhie.terminology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

@DisplayName("a hierarchy of codes")
class CodeHierarchyTest {

    private static CodeHierarchy hierarchy(Map<String, Set<String>> parents) {
        return new CodeHierarchy("urn:a", "", true, parents);
    }

    @Test
    void putsACodeAtItselfAndBelowAllAboveIt() throws UnusableDefinition {
        var closure = hierarchy(Map.of(
                        "top", Set.of(),
                        "left", Set.of("top"),
                        "right", Set.of("top"),
                        "both", Set.of("left", "right"),
                        "alone", Set.of()))
                .closure();

        assertThat(closure.within("top")).containsExactlyInAnyOrder("top", "left", "right", "both");
        assertThat(closure.within("left")).containsExactlyInAnyOrder("left", "both");
        assertThat(closure.within("both")).containsExactly("both");
        assertThat(closure.within("unheard of")).isEmpty();
        assertThat(closure.codes()).containsExactlyInAnyOrder("top", "left", "right", "both", "alone");
    }

    @RepeatedTest(200)
    void isClosedReflexivelyAndTransitivelyAndHoldsNoMore(RepetitionInfo repetition) throws UnusableDefinition {
        long seed = repetition.getCurrentRepetition();
        var parents = someParents(new Random(seed));

        var closure = hierarchy(parents).closure();

        for (var code : parents.keySet()) {
            var climbed = new HashSet<String>();
            climb(code, parents, climbed);
            assertThat(closure.above().get(code)).as("seed %d, %s", seed, code).isEqualTo(climbed);
        }
        assertThat(closure.codes()).as("seed %d", seed).isEqualTo(parents.keySet());
    }

    @RepeatedTest(100)
    void refusesACircleAndNamesACodeInIt(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        var random = new Random(seed);
        var parents = new HashMap<String, Set<String>>();
        someParents(random).forEach((code, above) -> parents.put(code, new HashSet<>(above)));
        var circle = IntStream.rangeClosed(0, random.nextInt(4))
                .mapToObj("c%d"::formatted)
                .toList();
        for (int index = 0; index < circle.size(); index++) {
            parents.computeIfAbsent(circle.get(index), code -> new HashSet<>())
                    .add(circle.get((index + 1) % circle.size()));
        }
        parents.values().stream().findFirst().orElseThrow().add("c0");

        assertThatThrownBy(() -> hierarchy(parents).closure())
                .as("seed %d", seed)
                .isInstanceOfSatisfying(UnusableDefinition.class, refused -> {
                    assertThat(refused.path()).isEqualTo("CodeSystem.concept");
                    assertThat(refused.reason()).contains("below themselves");
                    assertThat(namedIn(refused)).matches(code -> isBelowItself(code, parents));
                });
    }

    @Test
    void refusesMorePairsThanItCanKeep() {
        var chain = new HashMap<String, Set<String>>();
        chain.put("0", Set.of());
        for (int depth = 1; depth < 2000; depth++) {
            chain.put(String.valueOf(depth), Set.of(String.valueOf(depth - 1)));
        }

        assertThatThrownBy(() -> hierarchy(chain).closure())
                .isInstanceOf(UnusableDefinition.class)
                .hasMessageContaining("more than 1000000 pairs");
    }

    /** Codes whose parents all have smaller numbers. */
    private static Map<String, Set<String>> someParents(Random random) {
        var codes = new ArrayList<>(List.of("0"));
        var parents = new HashMap<String, Set<String>>();
        parents.put("0", Set.of());
        for (int number = 1; number < 1 + random.nextInt(25); number++) {
            parents.put(
                    String.valueOf(number),
                    codes.stream().filter(code -> random.nextInt(4) == 0).collect(Collectors.toSet()));
            codes.add(String.valueOf(number));
        }
        return parents;
    }

    private static void climb(String code, Map<String, Set<String>> parents, Set<String> climbed) {
        if (climbed.add(code)) {
            parents.getOrDefault(code, Set.of()).forEach(parent -> climb(parent, parents, climbed));
        }
    }

    private static boolean isBelowItself(String code, Map<String, Set<String>> parents) {
        var above = new HashSet<String>();
        parents.getOrDefault(code, Set.of()).forEach(parent -> climb(parent, parents, above));
        return above.contains(code);
    }

    private static String namedIn(UnusableDefinition refused) {
        return refused.reason().replaceFirst(".*, `([^`]+)` among them", "$1");
    }
}
