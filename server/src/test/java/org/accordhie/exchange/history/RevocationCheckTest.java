package org.accordhie.exchange.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.accordhie.exchange.history.Operation.Kind;
import org.accordhie.exchange.history.Operation.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invented histories, innocent and guilty. */
class RevocationCheckTest {

    private static Operation write(Kind kind, long begin, long end, Outcome outcome) {
        return new Operation("alice", kind, "PUT", begin, end, outcome);
    }

    private static Operation revoked(long begin, long end) {
        return write(Kind.REVOKE, begin, end, Outcome.ACKNOWLEDGED);
    }

    private static Operation granted(long begin, long end) {
        return write(Kind.GRANT, begin, end, Outcome.ACKNOWLEDGED);
    }

    private static Operation read(long begin, long end, Outcome outcome) {
        return new Operation("alice", Kind.READ, "read", begin, end, outcome);
    }

    @Test
    void aReadThatBeganAfterARevocationMustGetNothing() {
        var guilty = read(30, 40, Outcome.SAW);

        var verdict = RevocationCheck.of(List.of(granted(0, 5), revoked(10, 20), guilty));

        assertThat(verdict.late()).containsExactly(guilty);
        assertThat(verdict.stale()).isEmpty();
        assertThat(RevocationCheck.of(List.of(revoked(10, 20), read(30, 40, Outcome.SAW_NOTHING)))
                        .late())
                .isEmpty();
    }

    @Test
    void aReadThatBeganAfterAGrantMustGetSomething() {
        var guilty = read(30, 40, Outcome.SAW_NOTHING);

        var verdict = RevocationCheck.of(List.of(revoked(0, 5), granted(10, 20), guilty));

        assertThat(verdict.stale()).containsExactly(guilty);
        assertThat(verdict.late()).isEmpty();
    }

    @Test
    void aReadBesideARevocationMayGetEither() {
        var verdict = RevocationCheck.of(List.of(
                granted(0, 5),
                read(8, 12, Outcome.SAW),
                read(8, 12, Outcome.SAW_NOTHING),
                read(19, 40, Outcome.SAW),
                read(20, 40, Outcome.SAW_NOTHING),
                revoked(10, 20)));

        assertThat(verdict.late()).isEmpty();
        assertThat(verdict.stale()).isEmpty();
        assertThat(verdict.decided()).isZero();
    }

    @Test
    void aReadAfterARevocationThatEndsBesideTheNextGrantMayGetEither() {
        var verdict = RevocationCheck.of(
                List.of(revoked(0, 10), granted(50, 60), read(20, 55, Outcome.SAW), read(20, 55, Outcome.SAW_NOTHING)));

        assertThat(verdict.late()).isEmpty();
        assertThat(verdict.stale()).isEmpty();
    }

    @Test
    void aReadThatEndsBeforeTheNextGrantBeginsIsGuiltyThoughTheGrantFollows() {
        var guilty = read(20, 49, Outcome.SAW);

        assertThat(RevocationCheck.of(List.of(revoked(0, 10), guilty, granted(50, 60)))
                        .late())
                .containsExactly(guilty);
    }

    @Test
    void aRevocationWithoutAnAnswerBindsNobody() {
        var unknown = write(Kind.REVOKE, 10, 20, Outcome.UNKNOWN);

        var verdict = RevocationCheck.of(
                List.of(granted(0, 5), unknown, read(30, 40, Outcome.SAW), read(41, 42, Outcome.SAW_NOTHING)));

        assertThat(verdict.late()).isEmpty();
        assertThat(verdict.stale()).isEmpty();
        assertThat(verdict.unknown()).isOne();
    }

    @Test
    void whatIsAcknowledgedAfterAWriteWithoutAnAnswerBindsAgain() {
        var guilty = read(50, 60, Outcome.SAW);

        assertThat(RevocationCheck.of(List.of(
                                granted(0, 5), write(Kind.GRANT, 10, 20, Outcome.UNKNOWN), revoked(30, 40), guilty))
                        .late())
                .containsExactly(guilty);
    }

    @Test
    void aWriteWithoutAnAnswerThatWouldChangeNothingStillLeavesOneRightAnswer() {
        var guilty = read(30, 40, Outcome.SAW);

        assertThat(RevocationCheck.of(List.of(revoked(0, 5), write(Kind.REVOKE, 10, 20, Outcome.UNKNOWN), guilty))
                        .late())
                .containsExactly(guilty);
    }

    @Test
    void aWriteThatMayStillHappenExcusesEverythingAfterIt() {
        var pending = write(Kind.GRANT, 10, Operation.NEVER, Outcome.UNKNOWN);

        assertThat(RevocationCheck.of(List.of(revoked(0, 5), pending, read(1_000_000, 1_000_001, Outcome.SAW)))
                        .late())
                .isEmpty();
    }

    @Test
    void aRefusedWriteChangesNothing() {
        var guilty = read(30, 40, Outcome.SAW);

        assertThat(RevocationCheck.of(List.of(revoked(0, 5), write(Kind.GRANT, 10, 20, Outcome.REFUSED), guilty))
                        .late())
                .containsExactly(guilty);
    }

    @Test
    void oneSubjectsRevocationIsNotAnothers() {
        var other = new Operation("bert", Kind.READ, "read", 30, 40, Outcome.SAW);

        assertThat(RevocationCheck.of(List.of(revoked(0, 5), other)).late()).isEmpty();
    }

    @Test
    void theOrderInWhichOperationsWereRecordedDoesNotMatter() {
        var guilty = read(30, 40, Outcome.SAW);

        assertThat(RevocationCheck.of(List.of(guilty, revoked(10, 20), granted(0, 5)))
                        .late())
                .containsExactly(guilty);
    }

    @Test
    void writesThatOverlapCannotBeJudged() {
        assertThatThrownBy(() -> RevocationCheck.of(List.of(revoked(0, 10), granted(5, 20))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyLateReadThatIsPutIntoAnInnocentHistoryIsFound() {
        for (long seed = 1; seed <= 200; seed++) {
            var random = new Random(seed);
            var history = innocent(random);
            var verdict = RevocationCheck.of(history);
            assertThat(verdict.late()).as("seed %d", seed).isEmpty();
            assertThat(verdict.stale()).as("seed %d", seed).isEmpty();
            assertThat(verdict.decided()).as("seed %d", seed).isPositive();

            var revocation = history.stream()
                    .filter(operation -> operation.kind() == Kind.REVOKE)
                    .findFirst()
                    .orElseThrow();
            var guilty = read(revocation.end() + 1, revocation.end() + 2, Outcome.SAW);
            history.add(random.nextInt(history.size()), guilty);

            assertThat(RevocationCheck.of(history).late()).as("seed %d", seed).containsExactly(guilty);
        }
    }

    /** Writes take effect at a random moment between begin and end, and reads look at a random moment of theirs. */
    private static List<Operation> innocent(Random random) {
        var history = new ArrayList<Operation>();
        var effects = new ArrayList<Operation>();
        long now = 0;
        for (int write = 0; write < 30; write++) {
            var begin = now + 5 + random.nextInt(20);
            var end = begin + 1 + random.nextInt(20);
            var kind = write % 2 == 0 ? Kind.GRANT : Kind.REVOKE;
            history.add(write(kind, begin, end, Outcome.ACKNOWLEDGED));
            var effect = begin + random.nextInt((int) (end - begin) + 1);
            effects.add(write(kind, effect, effect, Outcome.ACKNOWLEDGED));
            now = end + 3;
        }
        for (int read = 0; read < 300; read++) {
            var begin = (long) random.nextInt((int) now);
            var end = begin + random.nextInt(10);
            var looks = begin + random.nextInt((int) (end - begin) + 1);
            var shown = effects.stream()
                    .filter(effect -> effect.begin() <= looks)
                    .reduce((earlier, later) -> later)
                    .filter(effect -> effect.kind() == Kind.GRANT)
                    .isPresent();
            history.add(read(begin, end, shown ? Outcome.SAW : Outcome.SAW_NOTHING));
        }
        return history;
    }

    @Test
    void partsAreKeptAndJudgedTogether(@TempDir Path directory) throws Exception {
        var files = new HistoryFiles(directory.resolve("history"));
        assertThat(files.verdict()).isEqualTo(Verdict.NOTHING);
        files.keep(List.of(granted(0, 5), read(6, 7, Outcome.SAW)));
        // The same times on another clock.
        files.keep(List.of(
                revoked(0, 5),
                read(6, 7, Outcome.SAW),
                new Operation("node-1", Kind.KILL, "", 8, 8, Outcome.ACKNOWLEDGED)));

        var verdict = files.verdict();

        assertThat(verdict.operations()).isEqualTo(4);
        assertThat(verdict.kills()).isOne();
        assertThat(verdict.late()).containsExactly(read(6, 7, Outcome.SAW));
        assertThat(verdict.toString())
                .startsWith("history: 4 operations, 1 revocations and 1 grants acknowledged")
                .contains("1 after an acknowledged revocation got something");
    }
}
