package org.accordhie.audit;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.jspecify.annotations.Nullable;

/** Accesses as the trail keeps them, for tests. */
public final class Accesses {

    public static final Instant AT = Instant.parse("2026-03-04T05:06:07.891234Z");

    private Accesses() {}

    /** A clinic's access to a resource of Patient/ann. */
    public static AccessRecord access(RestfulInteraction interaction, String type) {
        return access(interaction, type, null);
    }

    public static AccessRecord access(RestfulInteraction interaction, String type, @Nullable String user) {
        return new AccessRecord(
                UUID.fromString("00000000-0000-0000-0000-000000000001"),
                AT,
                new Call(null, "10.0.0.7", interaction, type, "/" + type + "/1"),
                clinic(user),
                Set.of("Patient/ann"),
                Set.of(type + "/1/_history/2"));
    }

    /** A successful read that concerns these patients. */
    public static AccessRecord about(String... patients) {
        return new AccessRecord(
                UUID.randomUUID(),
                AT,
                new Call(null, "10.0.0.7", RestfulInteraction.READ, "Observation", "/Observation/1"),
                clinic(null),
                Set.of(patients),
                Set.of());
    }

    private static Requester clinic(@Nullable String user) {
        return new Requester(
                "app",
                "token-1",
                "Organization/clinic",
                Set.of("Organization/clinic"),
                user,
                null,
                Set.of(),
                Set.of(),
                Set.of(PurposeOfUse.TREAT));
    }
}
