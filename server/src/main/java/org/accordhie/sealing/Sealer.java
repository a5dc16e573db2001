package org.accordhie.sealing;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the next anchor. Thread-safe. */
public final class Sealer {

    private final AnchorSigner signer;
    private final String node;

    /**
     * Seals for one server.
     *
     * @param node what the server is called; no spaces
     */
    public Sealer(AnchorSigner signer, String node) {
        this.signer = signer;
        this.node = node.replaceAll("\\s", "_");
    }

    /**
     * An anchor over rows.
     *
     * @param before the last anchor; null for none
     * @param rows which no anchor covers, by their transactions
     * @param lowWater every row of an older transaction is among them or in an anchor before
     * @param recorded when these rows were recorded, the earliest and the latest; empty where there is none
     * @param now when
     */
    public Anchor next(
            @Nullable Anchor before, List<TrailRow> rows, long lowWater, Optional<Span> recorded, Instant now) {
        var sealed = SealedRows.of(rows);
        var newest = rows.stream().mapToLong(TrailRow::transaction).max();
        var body = new Anchor.Body(
                before == null ? 1 : before.body().number() + 1,
                now,
                node,
                lowWater,
                newest.orElse(before == null ? 0 : before.body().highTransaction()),
                rows.size(),
                recorded.map(Span::first).orElse(null),
                recorded.map(Span::last).orElse(null),
                HexFormat.of().formatHex(sealed.digest()),
                signer.keyId());
        var chain = body.chainAfter(before == null ? Anchor.BEGINNING : before.chain());
        return new Anchor(body, chain, signer.sign(HexFormat.of().parseHex(chain)));
    }

    /** From one instant to another, both within. */
    public record Span(Instant first, Instant last) {}
}
