package org.accordhie.review;

import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.Requester;

/**
 * One declared emergency: a requester, a patient and a reason. Every token that says the same three is of the same emergency, so
 * that it ends whatever tokens follow; who needs a further one says why.
 *
 * @param id made of the three
 * @param requester who declared it
 * @param patient the one patient, as {@code Patient/[id]}
 * @param reason the requester's own words
 * @param opened its first use
 */
public record Emergency(UUID id, Party requester, String patient, String reason, Instant opened) {

    /** The emergency of this declaration. Case and spaces make no other reason. */
    public static UUID idOf(Requester requester, BreakGlass declared) {
        var who = Objects.requireNonNullElse(requester.user(), requester.clientId());
        return Fingerprint.of(requester.organization(), who, declared.patient(), plain(declared.reason()));
    }

    /** Whether somebody gave this emergency's reason. */
    public boolean isFor(String said) {
        return plain(said).equals(plain(reason));
    }

    private static String plain(String words) {
        var same = Normalizer.normalize(words, Normalizer.Form.NFKC).replaceAll("\\p{Cf}", "");
        return same.replaceAll("[\\s\\p{Z}]+", " ").strip().toLowerCase(Locale.ROOT);
    }

    /** Whether an emergency of this beginning has ended. The last instant of its window is in it. */
    public static boolean isOver(Instant opened, Duration window, Instant at) {
        return at.isAfter(opened.plus(window));
    }
}
