package org.accordhie.review.web;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.accordhie.review.ReviewState;
import org.accordhie.review.Verdict;
import org.accordhie.review.jpa.NoticeTable;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/** The review of emergencies. Source: {@code docs/break-glass.md}. */
final class BreakGlassRoutes {

    private static final Pattern CURSOR = Pattern.compile("[0-9]{1,18}[.][0-9]{1,18}");
    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 500;
    private static final int FARTHEST = 1_000_000;
    private static final int MONTHS = 120;

    private final ReviewGate gate;
    private final EmergencyReviews reviews;

    BreakGlassRoutes(ReviewGate gate, EmergencyReviews reviews) {
        this.gate = gate;
        this.reviews = reviews;
    }

    /** What waits for an officer, or what is in one state. */
    @Operation(name = "$review-queue", idempotent = true)
    public Bundle queue(
            @OperationParam(name = "state", max = 1) @Nullable CodeType state,
            @OperationParam(name = "count", max = 1) @Nullable IntegerType count,
            @OperationParam(name = "offset", max = 1) @Nullable IntegerType offset,
            ServletRequestDetails request) {
        return gate.read(request, asker -> {
            var known =
                    Arrays.stream(ReviewState.values()).map(ReviewState::code).collect(Collectors.joining(", "));
            var states = Asked.code("state", state, ReviewState::ofCode, known)
                    .map(Set::of)
                    .orElse(ReviewState.PENDING);
            return reviews.queue(
                    states,
                    Asked.number("count", count, PAGE, LARGEST_PAGE),
                    Asked.number("offset", offset, 0, FARTHEST));
        });
    }

    /** What an officer says of an emergency. */
    @Operation(name = "$close-review")
    public Task close(
            @OperationParam(name = "case", min = 1, max = 1) @Nullable StringType id,
            @OperationParam(name = "version", min = 1, max = 1) @Nullable IntegerType version,
            @OperationParam(name = "outcome", min = 1, max = 1) @Nullable CodeType outcome,
            @OperationParam(name = "comment", min = 1, max = 1) @Nullable StringType comment,
            ServletRequestDetails request) {
        return gate.act(request, asker -> {
            var known = Arrays.stream(Verdict.values()).map(Verdict::code).collect(Collectors.joining(", "));
            var verdict = Asked.code("outcome", outcome, Verdict::ofCode, known)
                    .orElseThrow(() -> new InvalidRequestException("`outcome` must be one of " + known));
            return reviews.close(
                    Asked.id(id),
                    Asked.number("version", version, 0, FARTHEST),
                    verdict,
                    Asked.comment(comment),
                    asker);
        });
    }

    /** How many there were, of whom, and how they ended. */
    @Operation(name = "$review-report", idempotent = true)
    public Parameters report(
            @OperationParam(name = "from", max = 1) @Nullable StringType from,
            @OperationParam(name = "until", max = 1) @Nullable StringType until,
            ServletRequestDetails request) {
        return gate.read(request, asker -> {
            var now = YearMonth.from(asker.at().atOffset(ZoneOffset.UTC));
            var last = Asked.month("until", until, now);
            var first = Asked.month("from", from, last.minusMonths(11));
            if (first.isAfter(last) || first.plusMonths(MONTHS).isBefore(last)) {
                throw new InvalidRequestException("`from` must be at most " + MONTHS + " months before `until`");
            }
            return reviews.report(first, last);
        });
    }

    /** What there is to hear of, for officers and, about their own record, for patients. */
    @Operation(name = "$review-notices", idempotent = true)
    public Parameters notices(
            @OperationParam(name = "after", max = 1) @Nullable StringType after,
            @OperationParam(name = "count", max = 1) @Nullable IntegerType count,
            ServletRequestDetails request) {
        return gate.readOwn(request, asker -> {
            var text = Asked.text(after);
            var cursor = text == null ? NoticeTable.START : text;
            if (!CURSOR.matcher(cursor).matches()) {
                throw new InvalidRequestException("`after` must be the `next` of an earlier answer");
            }
            var patient = asker.reach().patient();
            var number = Asked.number("count", count, PAGE, LARGEST_PAGE);
            return reviews.notices(cursor, number, patient.isEmpty() ? null : patient);
        });
    }
}
