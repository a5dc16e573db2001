package org.accordhie.sealing;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One seal of the trail. Equal if it says the same and is signed alike.
 *
 * @param body what it says
 * @param chain SHA-256 of the chain of the anchor before and of the body, in hexadecimal
 * @param signature over the chain, in Base64
 */
public record Anchor(Body body, String chain, String signature) {

    /** The chain before the first anchor. */
    static final String BEGINNING = "0".repeat(2 * Digests.LENGTH);

    private static final String WORD = "anchor";
    private static final String NONE = "-";
    private static final int PARTS = 13;

    /**
     * What an anchor says.
     *
     * @param number from 1, without gaps
     * @param sealed when it was made
     * @param node which server made it
     * @param lowWater every row of an older transaction is in this anchor or in one before
     * @param highTransaction the newest transaction of a row in it; that of the anchor before where it has none
     * @param events how many rows it covers
     * @param first when the earliest of them was recorded; null where there is none
     * @param last when the latest of them was recorded; null where there is none
     * @param digest of the rows, in hexadecimal
     * @param key the id of the key that signs
     */
    public record Body(
            long number,
            Instant sealed,
            String node,
            long lowWater,
            long highTransaction,
            long events,
            @Nullable Instant first,
            @Nullable Instant last,
            String digest,
            String key) {

        String chainAfter(String before) {
            var digests = new Digests().add(before);
            parts().forEach(digests::add);
            return HexFormat.of().formatHex(digests.digest());
        }

        private List<String> parts() {
            return List.of(
                    String.valueOf(number),
                    sealed.toString(),
                    node,
                    String.valueOf(lowWater),
                    String.valueOf(highTransaction),
                    String.valueOf(events),
                    first == null ? NONE : first.toString(),
                    last == null ? NONE : last.toString(),
                    digest,
                    key);
        }
    }

    /** Whether the rows are those it was made for. */
    boolean covers(SealedRows rows) {
        return body.events() == rows.rows().size()
                && body.digest().equals(HexFormat.of().formatHex(rows.digest()));
    }

    /** Whether it goes on from the anchor before. */
    boolean follows(@Nullable Anchor before) {
        return body.number() == (before == null ? 1 : before.body().number() + 1)
                && chain.equals(body.chainAfter(before == null ? BEGINNING : before.chain()));
    }

    /** Whether it was made, and all its rows recorded, before an instant. */
    public boolean isBefore(Instant instant) {
        var last = body.last();
        return body.sealed().isBefore(instant) && (last == null || last.isBefore(instant));
    }

    /** What is signed. */
    byte[] signed() {
        return HexFormat.of().parseHex(chain);
    }

    /** As one line of text. */
    public String line() {
        return WORD + " " + String.join(" ", body.parts()) + " " + chain + " " + signature;
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Anchor parse(String line) {
        var parts = line.split(" ", -1);
        if (parts.length != PARTS || !parts[0].equals(WORD)) {
            throw new IllegalArgumentException("not the line of an anchor");
        }
        var body = new Body(
                Long.parseLong(parts[1]),
                instant(parts[2]),
                parts[3],
                Long.parseLong(parts[4]),
                Long.parseLong(parts[5]),
                Long.parseLong(parts[6]),
                parts[7].equals(NONE) ? null : instant(parts[7]),
                parts[8].equals(NONE) ? null : instant(parts[8]),
                parts[9],
                parts[10]);
        if (Base64.getDecoder().decode(parts[12]).length == 0) {
            throw new IllegalArgumentException("an anchor without a signature");
        }
        return new Anchor(body, parts[11], parts[12]);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (java.time.format.DateTimeParseException noInstant) {
            throw new IllegalArgumentException("not the line of an anchor", noInstant);
        }
    }

    /** Whether a line claims to be one. */
    static boolean isOne(String line) {
        return Arrays.asList(line.split(" ", 2)).get(0).equals(WORD);
    }
}
