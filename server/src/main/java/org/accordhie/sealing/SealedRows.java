package org.accordhie.sealing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The rows that an anchor covers, in order, each by its id and its digest.
 *
 * @param rows at least none
 */
public record SealedRows(List<SealedRow> rows) {

    private static final int ID = 16;
    private static final int WIDTH = ID + Digests.LENGTH;

    public SealedRows {
        rows = List.copyOf(rows);
    }

    /** One of them. */
    public static final class SealedRow {

        private final UUID id;
        private final byte[] digest;

        SealedRow(UUID id, byte[] digest) {
            this.id = id;
            this.digest = digest.clone();
        }

        /** The event's id. */
        public UUID id() {
            return id;
        }

        boolean isOf(TrailRow row) {
            return id.equals(row.id()) && Arrays.equals(digest, row.digest());
        }
    }

    /** These rows as they are now. */
    public static SealedRows of(List<TrailRow> rows) {
        return new SealedRows(
                rows.stream().map(row -> new SealedRow(row.id(), row.digest())).toList());
    }

    /** Reads what {@link #octets} wrote. */
    public static SealedRows read(byte[] octets) {
        if (octets.length % WIDTH != 0) {
            throw new IllegalArgumentException("not a list of sealed rows");
        }
        var in = ByteBuffer.wrap(octets);
        var rows = new ArrayList<SealedRow>();
        while (in.hasRemaining()) {
            var id = new UUID(in.getLong(), in.getLong());
            var digest = new byte[Digests.LENGTH];
            in.get(digest);
            rows.add(new SealedRow(id, digest));
        }
        return new SealedRows(rows);
    }

    /** 16 octets of id and 32 of digest each. */
    public byte[] octets() {
        var out = ByteBuffer.allocate(rows.size() * WIDTH);
        for (var row : rows) {
            out.putLong(row.id.getMostSignificantBits())
                    .putLong(row.id.getLeastSignificantBits())
                    .put(row.digest);
        }
        return out.array();
    }

    /** SHA-256 of them all in their order. */
    byte[] digest() {
        return Digests.of(octets());
    }
}
