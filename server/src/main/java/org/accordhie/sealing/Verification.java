package org.accordhie.sealing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.accordhie.sealing.Finding.Kind;
import org.jspecify.annotations.Nullable;

/** Looks whether a trail is as it was sealed. Goes through all of it, whatever it finds. Of one thread. */
public final class Verification {

    private static final int MOST_FINDINGS = 1_000;

    private final SealedTrail trail;
    private final AnchorKeys keys;
    private final Map<Long, Anchor> witnessed;
    private final List<Finding> findings = new ArrayList<>();

    private long anchors;
    private long rows;
    private long pruned;
    private long settled;
    private Duration longestGap = Duration.ZERO;

    /**
     * Verifies one trail.
     *
     * @param keys whose signatures count
     * @param witnessed anchors that were kept elsewhere when they were made
     */
    public Verification(SealedTrail trail, AnchorKeys keys, List<Anchor> witnessed) {
        this.trail = trail;
        this.keys = keys;
        this.witnessed = new HashMap<>();
        witnessed.forEach(anchor -> this.witnessed.put(anchor.body().number(), anchor));
    }

    /**
     * What came out.
     *
     * @param findings in the order of the trail, and so the first bad row or anchor first; the first thousand
     * @param anchors how many anchors there are
     * @param rows how many rows were looked at
     * @param pruned how many rows were removed by statements that are signed
     * @param sealedUntil when the last anchor was made; null where there is none
     * @param longestGap the longest time between two anchors: an hour when no server ran, for instance
     */
    public record Report(
            List<Finding> findings,
            long anchors,
            long rows,
            long pruned,
            @Nullable Instant sealedUntil,
            Duration longestGap) {

        public Report {
            findings = List.copyOf(findings);
        }

        /** Whether all is as it was sealed. */
        public boolean isWhole() {
            return findings.isEmpty();
        }
    }

    /** Goes through the trail. */
    public Report run() {
        var prunedThrough = prunedThrough();
        @Nullable Anchor before = null;
        var lowWater = 0L;
        var late = new ArrayList<Long>();
        for (var each = trail.anchors(); each.hasNext(); ) {
            var anchor = each.next();
            look(anchor, before, prunedThrough, late);
            lowWater = anchor.body().lowWater();
            before = anchor;
        }
        unwitnessed();
        var water = lowWater;
        settled =
                rows - late.stream().filter(transaction -> transaction >= water).count();
        trail.unlisted(lowWater, settled, MOST_FINDINGS).forEach(id -> found(Kind.ADDED, 0, id));
        return new Report(
                findings,
                anchors,
                rows,
                pruned,
                before == null ? null : before.body().sealed(),
                longestGap);
    }

    private void look(Anchor anchor, @Nullable Anchor before, long prunedThrough, List<Long> late) {
        anchors++;
        var number = anchor.body().number();
        if (before != null) {
            var gap = Duration.between(before.body().sealed(), anchor.body().sealed());
            longestGap = gap.compareTo(longestGap) > 0 ? gap : longestGap;
        }
        if (!anchor.follows(before)) {
            found(Kind.ANCHOR_BROKEN, number, null);
        }
        if (!keys.haveSigned(anchor)) {
            found(Kind.ANCHOR_UNSIGNED, number, null);
        }
        var seen = witnessed.remove(number);
        if (seen != null && !seen.equals(anchor)) {
            found(Kind.WITNESS_DIFFERS, number, null);
        }
        if (number > prunedThrough) {
            lookAtRows(anchor, late);
            return;
        }
        pruned += anchor.body().events();
        if (listed(anchor) != null || !there(anchor, new SealedRows(List.of())).isEmpty()) {
            // What a statement says is gone must be gone: nobody looks at it any more.
            found(Kind.ADDED, number, null);
        }
    }

    private void lookAtRows(Anchor anchor, List<Long> late) {
        var listed = listed(anchor);
        if (listed == null || !anchor.covers(listed)) {
            found(Kind.ROWS_BROKEN, anchor.body().number(), null);
        }
        if (listed == null) {
            return;
        }
        var there = there(anchor, listed);
        rows += there.size();
        there.stream()
                .map(TrailRow::transaction)
                .filter(transaction -> transaction >= anchor.body().lowWater())
                .forEach(late::add);
        compare(anchor.body().number(), listed, there);
    }

    private @Nullable SealedRows listed(Anchor anchor) {
        try {
            return trail.listed(anchor);
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }

    private List<TrailRow> there(Anchor anchor, SealedRows listed) {
        try {
            return trail.rows(anchor, listed);
        } catch (IllegalArgumentException unreadable) {
            found(Kind.ROWS_BROKEN, anchor.body().number(), null);
            return List.of();
        }
    }

    private void compare(long number, SealedRows listed, List<TrailRow> there) {
        var byId = new HashMap<UUID, TrailRow>();
        for (var row : there) {
            if (byId.put(row.id(), row) != null) {
                found(Kind.ADDED, number, row.id());
            }
        }
        var ids = new HashSet<UUID>();
        for (var sealed : listed.rows()) {
            ids.add(sealed.id());
            var row = byId.get(sealed.id());
            if (row == null) {
                found(Kind.MISSING, number, sealed.id());
            } else if (!sealed.isOf(row)) {
                found(Kind.CHANGED, number, sealed.id());
            }
        }
        byId.keySet().stream().filter(id -> !ids.contains(id)).forEach(id -> found(Kind.ADDED, number, id));
        displaced(listed, there).ifPresent(id -> found(Kind.REORDERED, number, id));
    }

    /** The first row that stands elsewhere than in the list, where both have the same rows. */
    private static Optional<UUID> displaced(SealedRows listed, List<TrailRow> there) {
        var ids = listed.rows().stream().map(SealedRows.SealedRow::id).toList();
        var found = there.stream().map(TrailRow::id).toList();
        if (ids.size() != found.size() || !new HashSet<>(ids).equals(new HashSet<>(found))) {
            return Optional.empty();
        }
        return IntStream.range(0, ids.size())
                .filter(place -> !ids.get(place).equals(found.get(place)))
                .mapToObj(found::get)
                .findFirst();
    }

    /**
     * Statements count that are signed, and about anchors which are old enough for them and have as many rows as they say: somebody
     * may have made anchors look old while a statement was made.
     */
    private long prunedThrough() {
        var statements = trail.prunings();
        if (statements.isEmpty()) {
            return 0;
        }
        var anchors = new ArrayList<Anchor>();
        trail.anchors().forEachRemaining(anchors::add);
        var through = 0L;
        for (var each : statements) {
            var pruned = each.pruned();
            var before = through;
            var covered = anchors.stream()
                    .filter(anchor ->
                            anchor.body().number() > before && anchor.body().number() <= pruned.through())
                    .toList();
            if (keys.haveSigned(pruned, each.key(), each.signature()) && isAbout(pruned, covered)) {
                through = pruned.through();
            }
        }
        return through;
    }

    private static boolean isAbout(Pruned pruned, List<Anchor> covered) {
        return !covered.isEmpty()
                && covered.get(covered.size() - 1).chain().equals(pruned.chain())
                && covered.stream().allMatch(anchor -> anchor.isBefore(pruned.before()))
                && covered.stream().mapToLong(anchor -> anchor.body().events()).sum() == pruned.events();
    }

    private void unwitnessed() {
        witnessed.keySet().stream().sorted().forEach(number -> found(Kind.WITNESS_DIFFERS, number, null));
    }

    private void found(Kind kind, long anchor, @Nullable UUID event) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(new Finding(kind, anchor, event));
        }
    }
}
