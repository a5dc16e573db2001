package org.accordhie.consent.web;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.accordhie.consent.jpa.RecordedReleases;
import org.accordhie.consent.jpa.RecordedReleases.Release;
import org.accordhie.consent.web.ExplanationGate.Told;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.vocabulary.Interaction;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** Deciding past releases once more. Source: {@code docs/audit.md}. */
final class ReplayRoutes {

    private static final int MOST = 5_000;
    private static final int USUAL = 100;
    private static final Duration DAY = Duration.ofDays(1);

    private final ExplanationGate gate;
    private final RecordedReleases releases;
    private final Replay replay;

    ReplayRoutes(ExplanationGate gate, RecordedReleases releases, Replay replay) {
        this.gate = gate;
        this.releases = releases;
        this.replay = replay;
    }

    /** Decides one release, or some of a span of time, once more. */
    @Operation(name = "$replay", idempotent = true)
    public Parameters replay(
            @OperationParam(name = "event", max = 1) @Nullable StringType event,
            @OperationParam(name = "from", max = 1) @Nullable InstantType from,
            @OperationParam(name = "until", max = 1) @Nullable InstantType until,
            @OperationParam(name = "sample", max = 1) @Nullable IntegerType sample,
            @OperationParam(name = "seed", max = 1) @Nullable IntegerType seed,
            ServletRequestDetails request) {
        var asked = new RequestedInteraction(Interaction.SEARCH_TYPE, "AuditEvent", "", false, request);
        return gate.tell(asked, (asker, now) -> {
            WholeTrail.require(request);
            asker.requireOfficer();
            var chosen = event == null
                    ? releases.some(
                            instant(from, now.minus(DAY)),
                            instant(until, now),
                            count(sample),
                            seed == null ? 0 : seed.getValue())
                    : releases.of(idOf(event));
            if (event != null && chosen.isEmpty()) {
                throw new ResourceNotFoundException("not found");
            }
            var events = chosen.stream()
                    .map(release -> "AuditEvent/" + release.event() + "/_history/1")
                    .collect(Collectors.toSet());
            return new Told(answer(chosen), Set.of(), events);
        });
    }

    private Parameters answer(List<Release> chosen) {
        var answer = new Parameters();
        answer.addParameter("events", new IntegerType(chosen.size()));
        var counts = new EnumMap<Replay.Outcome, Integer>(Replay.Outcome.class);
        var differing = new Parameters();
        for (var release : chosen) {
            for (var replayed : replay.of(release)) {
                counts.merge(replayed.outcome(), 1, Integer::sum);
                if (replayed.outcome() != Replay.Outcome.AGREES) {
                    var part = differing.addParameter().setName("difference");
                    part.addPart().setName("event").setValue(new StringType("AuditEvent/" + release.event()));
                    part.addPart().setName("resource").setValue(new StringType(replayed.resource()));
                    part.addPart().setName("outcome").setValue(new CodeType(code(replayed.outcome())));
                    part.addPart()
                            .setName("text")
                            .setValue(new StringType(replayed.outcome().words()));
                }
            }
        }
        for (var outcome : Replay.Outcome.values()) {
            answer.addParameter(code(outcome), new IntegerType(counts.getOrDefault(outcome, 0)));
        }
        differing.getParameter().forEach(answer::addParameter);
        return answer;
    }

    private static String code(Replay.Outcome outcome) {
        return outcome.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private static UUID idOf(StringType event) {
        try {
            return UUID.fromString(event.getValue().replaceFirst("^AuditEvent/", ""));
        } catch (IllegalArgumentException noId) {
            throw new InvalidRequestException("`event` must be an AuditEvent, as `AuditEvent/[id]`", noId);
        }
    }

    private static Instant instant(@Nullable InstantType asked, Instant usual) {
        return asked == null ? usual : asked.getValue().toInstant();
    }

    private static int count(@Nullable IntegerType sample) {
        var count = sample == null ? USUAL : sample.getValue();
        if (count < 1 || count > MOST) {
            throw new InvalidRequestException("`sample` must be a number from 1 to " + MOST);
        }
        return count;
    }
}
