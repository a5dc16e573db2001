package org.accordhie.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.vocabulary.TimeSpan;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

@DisplayName("memberships")
class MembershipsTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @Test
    void reachThroughRolesAndTeams() {
        var memberships = new Memberships(List.of(
                always("Practitioner/a", "PractitionerRole/a"),
                always("PractitionerRole/a", "CareTeam/a"),
                always("CareTeam/a", "CareTeam/b"),
                always("CareTeam/b", "CareTeam/a"),
                always("Practitioner/b", "CareTeam/c")));

        assertThat(memberships.of(List.of("Practitioner/a", "Organization/a"), NOW))
                .containsExactlyInAnyOrder("PractitionerRole/a", "CareTeam/a", "CareTeam/b");
        assertThat(memberships.of(List.of("Practitioner/b"), NOW)).containsExactly("CareTeam/c");
        assertThat(memberships.of(List.of("CareTeam/c"), NOW)).isEmpty();
        assertThat(memberships.of(List.of(), NOW)).isEmpty();
    }

    @Test
    void holdInTheirPeriodWithBothItsEnds() {
        var until = NOW.plusSeconds(60);
        var memberships =
                new Memberships(List.of(new Membership("Practitioner/a", "CareTeam/a", new TimeSpan(NOW, until))));
        var actors = Set.of("Practitioner/a");

        assertThat(memberships.of(actors, NOW.minusMillis(1))).isEmpty();
        assertThat(memberships.of(actors, NOW)).containsExactly("CareTeam/a");
        assertThat(memberships.of(actors, until)).containsExactly("CareTeam/a");
        assertThat(memberships.of(actors, until.plusMillis(1))).isEmpty();
    }

    @RepeatedTest(200)
    void areThoseOfEachActorTogether(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        var random = new Random(seed);
        var memberships =
                new Memberships(Stream.generate(() -> some(random)).limit(12).toList());

        var together = memberships.of(List.of("0", "1"), NOW);

        assertThat(together)
                .as("seed %d", seed)
                .isEqualTo(union(memberships.of(List.of("0"), NOW), memberships.of(List.of("1"), NOW)));
        assertThat(together).as("seed %d: closed", seed).containsAll(memberships.of(together, NOW));
    }

    private static Membership some(Random random) {
        var from = random.nextInt(4) == 0 ? NOW.plusSeconds(1) : NOW.minusSeconds(random.nextInt(2));
        return new Membership(
                String.valueOf(random.nextInt(6)), String.valueOf(random.nextInt(6)), new TimeSpan(from, null));
    }

    private static Set<String> union(Set<String> left, Set<String> right) {
        return Stream.concat(left.stream(), right.stream()).collect(Collectors.toSet());
    }

    private static Membership always(String member, String memberOf) {
        return new Membership(member, memberOf, TimeSpan.ALWAYS);
    }
}
