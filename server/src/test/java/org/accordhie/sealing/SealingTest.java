package org.accordhie.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.accordhie.sealing.Finding.Kind;
import org.accordhie.sealing.Verification.Report;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("a sealed trail")
class SealingTest {

    private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");

    /** Three anchors: of two rows, of none, and of two. */
    private static final class Trail implements SealedTrail {

        final List<Anchor> anchors = new ArrayList<>();
        final List<@Nullable SealedRows> lists = new ArrayList<>();
        final List<List<TrailRow>> rows = new ArrayList<>();
        final List<SignedPruning> prunings = new ArrayList<>();
        final List<UUID> unlisted = new ArrayList<>();
        final AnchorKeys keys;
        final AnchorSigner signer;

        Trail(Path directory) throws IOException {
            var pair = AnchorKeyFile.pairOrNew(directory.resolve("key.pem"));
            keys = new AnchorKeys(List.of(pair.getPublic()));
            signer = new AnchorSigner(pair.getPrivate(), pair.getPublic());
            var sealer = new Sealer(signer, "node a");
            @Nullable Anchor before = null;
            for (int index = 0; index < 3; index++) {
                var recorded = START.plusSeconds(60L * index);
                List<TrailRow> sealed =
                        index == 1 ? List.of() : List.of(row(10 + index, "a\tb\\c\nd\re"), row(11 + index, null));
                var span = sealed.isEmpty()
                        ? Optional.<Sealer.Span>empty()
                        : Optional.of(new Sealer.Span(recorded, recorded.plusSeconds(1)));
                before = sealer.next(before, sealed, 11 + index, span, recorded.plusSeconds(2));
                anchors.add(before);
                lists.add(SealedRows.of(sealed));
                rows.add(new ArrayList<>(sealed));
            }
        }

        static TrailRow row(long transaction, @Nullable String query) {
            var id = UUID.randomUUID();
            var values = new ArrayList<@Nullable String>(Collections.nCopies(TrailRow.COLUMNS.size(), "x"));
            values.set(TrailRow.COLUMNS.indexOf("event_id"), id.toString());
            values.set(TrailRow.COLUMNS.indexOf("tx"), String.valueOf(transaction));
            values.set(TrailRow.COLUMNS.indexOf("query"), query);
            return new TrailRow(id, transaction, values);
        }

        void prune(long through, Instant before, long events) {
            var pruned = new Pruned(
                    START.plusSeconds(900),
                    through,
                    anchors.get((int) through - 1).chain(),
                    before,
                    events);
            prunings.add(new SignedPruning(pruned, signer.keyId(), signer.sign(pruned)));
        }

        Report verify(Anchor... witnessed) {
            return new Verification(this, keys, List.of(witnessed)).run();
        }

        @Override
        public Iterator<Anchor> anchors() {
            return List.copyOf(anchors).iterator();
        }

        @Override
        public @Nullable SealedRows listed(Anchor anchor) {
            return lists.get((int) anchor.body().number() - 1);
        }

        @Override
        public List<TrailRow> rows(Anchor anchor, SealedRows listed) {
            return listed.rows().isEmpty()
                    ? List.of()
                    : rows.get((int) anchor.body().number() - 1);
        }

        @Override
        public List<SignedPruning> prunings() {
            return prunings;
        }

        @Override
        public List<UUID> unlisted(long before, long settled, int most) {
            return unlisted;
        }
    }

    @Test
    void isWholeWhereNobodyTouchedIt(@TempDir Path directory) throws IOException {
        var trail = new Trail(directory);

        var report = trail.verify(trail.anchors.get(1));

        assertThat(report.isWhole()).isTrue();
        assertThat(report.rows()).isEqualTo(4);
        assertThat(report.anchors()).isEqualTo(3);
        assertThat(report.longestGap()).isEqualTo(Duration.ofMinutes(1));
        assertThat(report.sealedUntil()).isEqualTo(START.plusSeconds(122));
    }

    @Test
    void tellsWhatIsNotAsItWasSealed(@TempDir Path directory) throws IOException {
        var changed = new Trail(directory);
        var first = changed.rows.get(0);
        var missing = first.remove(1);
        first.set(0, new TrailRow(first.get(0).id(), 10, Trail.row(10, "other").values()));
        assertThat(kinds(changed)).containsExactlyInAnyOrder(Kind.CHANGED, Kind.MISSING);

        first.add(missing);
        first.add(missing);
        first.add(Trail.row(10, "new"));
        assertThat(kinds(changed)).containsExactlyInAnyOrder(Kind.CHANGED, Kind.ADDED, Kind.ADDED);

        var moved = new Trail(directory);
        Collections.reverse(moved.rows.get(0));
        assertThat(kinds(moved)).containsExactly(Kind.REORDERED);

        var listless = new Trail(directory);
        listless.lists.set(2, null);
        assertThat(kinds(listless)).containsExactly(Kind.ROWS_BROKEN);

        var added = new Trail(directory);
        added.unlisted.add(UUID.randomUUID());
        assertThat(added.verify().findings().get(0).sentence()).contains("no anchor covers", "event");
    }

    @Test
    void tellsOfAnchorsThatAreNotThere(@TempDir Path directory) throws IOException {
        var trail = new Trail(directory);
        var last = trail.anchors.remove(2);
        assertThat(trail.verify(last).findings()).extracting(Finding::kind).containsExactly(Kind.WITNESS_DIFFERS);

        var other = new Trail(Files.createDirectory(directory.resolve("other")));
        assertThat(trail.verify(other.anchors.get(0)).findings())
                .extracting(Finding::sentence)
                .singleElement()
                .asString()
                .contains("witness", "(anchor 1)");
        assertThat(new Verification(trail, other.keys, List.of()).run().findings())
                .extracting(Finding::kind)
                .containsOnly(Kind.ANCHOR_UNSIGNED);

        trail.anchors.remove(0);
        assertThat(kinds(trail)).contains(Kind.ANCHOR_BROKEN);
    }

    @Test
    void isWholeWithoutWhatWasPrunedAndNotWithoutMore(@TempDir Path directory) throws IOException {
        var trail = new Trail(directory);
        trail.prune(1, START.plusSeconds(30), 2);
        assertThat(kinds(trail)).containsExactly(Kind.ADDED);

        trail.lists.set(0, null);
        assertThat(trail.verify().isWhole()).isTrue();
        assertThat(trail.verify().pruned()).isEqualTo(2);

        var young = new Trail(directory);
        young.lists.set(0, null);
        young.prune(1, START, 2);
        young.prune(1, START.plusSeconds(30), 3);
        young.prunings.add(new SealedTrail.SignedPruning(new Pruned(START, 1, "", START, 2), "nobodys", "%"));
        assertThat(kinds(young)).containsExactly(Kind.ROWS_BROKEN);
    }

    @Test
    void isTheSameAsAFile(@TempDir Path directory) throws IOException {
        var trail = new Trail(directory);
        trail.prune(1, START.plusSeconds(30), 2);
        trail.lists.set(0, null);
        var text = new StringWriter();
        assertThat(TrailFile.write(trail, text)).isEqualTo(2);
        var file = Files.writeString(directory.resolve("trail.txt"), text.toString());

        try (var read = new TrailFile(file)) {
            var report = new Verification(read, trail.keys, trail.anchors).run();
            assertThat(report.findings()).isEmpty();
            assertThat(report.rows()).isEqualTo(2);
            assertThatThrownBy(() -> read.listed(trail.anchors.get(0))).isInstanceOf(IllegalStateException.class);
        }
        Files.writeString(file, text.toString().replace("\tx\t", "\t"));
        try (var read = new TrailFile(file)) {
            assertThat(new Verification(read, trail.keys, List.of()).run().isWhole())
                    .isFalse();
        }
    }

    @Test
    void isMadeOfLinesThatAreReadOrRefused(@TempDir Path directory) throws IOException {
        for (var anchor : new Trail(directory).anchors) {
            assertThat(Anchor.parse(anchor.line())).isEqualTo(anchor);
            assertThatThrownBy(() -> Anchor.parse(anchor.line() + " ")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Anchor.parse(anchor.line().replace("2026-", "x")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Anchor.parse(anchor.line().replace("anchor", "other")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Anchor.parse(anchor.line().replaceFirst("\\S+$", "")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> SealedRows.read(new byte[7])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TrailRow(UUID.randomUUID(), 1, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isSignedByAKeyOfAFile(@TempDir Path directory) throws IOException {
        var file = directory.resolve("key.pem");
        AnchorKeyFile.create(file);
        var pair = AnchorKeyFile.pairOrNew(file);

        assertThat(AnchorKeyFile.publicKeys(file)).containsExactly(pair.getPublic());
        assertThat(AnchorKeyFile.publicText(pair.getPublic())).contains("BEGIN PUBLIC KEY");
        assertThatThrownBy(() -> AnchorKeyFile.create(file)).isInstanceOf(FileAlreadyExistsException.class);
        var text = Files.readString(file);
        for (var broken : List.of(
                "",
                AnchorKeyFile.publicText(pair.getPublic()),
                text + text,
                text.replaceAll("(?s)(PRIVATE KEY-----\\s)[^-]*", "$1AAAA\n"),
                text.replaceAll("(?s)(PUBLIC KEY-----\\s)[^-]*", "$1AAAA\n"))) {
            Files.writeString(file, broken);
            assertThatThrownBy(() -> AnchorKeyFile.pair(file)).isInstanceOf(IOException.class);
        }
    }

    private static List<Kind> kinds(Trail trail) {
        return trail.verify().findings().stream().map(Finding::kind).toList();
    }
}
