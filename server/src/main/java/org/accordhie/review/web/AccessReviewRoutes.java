package org.accordhie.review.web;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.accordhie.review.AccessRule;
import org.accordhie.review.FindingState;
import org.accordhie.review.jpa.FindingTable.Sought;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** The review of accesses. Source: {@code docs/access-review.md}. */
final class AccessReviewRoutes {

    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 500;
    private static final int FARTHEST = 1_000_000;
    private static final int SAMPLE = 25;
    private static final int DAYS = 92;
    private static final int YEAR = 366;

    private static final String STATES =
            Arrays.stream(FindingState.values()).map(FindingState::code).collect(Collectors.joining(", "));

    private static final String RULES =
            Arrays.stream(AccessRule.values()).map(AccessRule::code).collect(Collectors.joining(", "));

    private final ReviewGate gate;
    private final AccessReviews reviews;

    AccessReviewRoutes(ReviewGate gate, AccessReviews reviews) {
        this.gate = gate;
        this.reviews = reviews;
    }

    /** Asks the rules about some days. */
    @Operation(name = "$access-review")
    public Parameters review(
            @OperationParam(name = "from", min = 1, max = 1) @Nullable DateType from,
            @OperationParam(name = "until", max = 1) @Nullable DateType until,
            ServletRequestDetails request) {
        return gate.act(request, asker -> {
            var today = asker.at().atOffset(ZoneOffset.UTC).toLocalDate();
            var first = Asked.day("from", from, today);
            var last = Asked.day("until", until, first);
            requireSpan(first, last, DAYS);
            if (last.isAfter(today)) {
                throw new InvalidRequestException("`until` is in the future");
            }
            return reviews.run(first, last, asker);
        });
    }

    private static void requireSpan(LocalDate first, LocalDate last, int days) {
        if (first.isAfter(last) || first.plusDays(days).isBefore(last)) {
            throw new InvalidRequestException("`from` must be at most " + days + " days before `until`");
        }
    }

    /** What they found, what to look at first before the rest. */
    @Operation(name = "$access-findings", idempotent = true)
    public Parameters findings(
            @OperationParam(name = "status", max = 1) @Nullable CodeType status,
            @OperationParam(name = "rule", max = 1) @Nullable CodeType rule,
            @OperationParam(name = "from", max = 1) @Nullable DateType from,
            @OperationParam(name = "count", max = 1) @Nullable IntegerType count,
            @OperationParam(name = "offset", max = 1) @Nullable IntegerType offset,
            ServletRequestDetails request) {
        return gate.read(request, asker -> {
            var today = asker.at().atOffset(ZoneOffset.UTC).toLocalDate();
            var sought = new Sought(
                    Asked.code("status", status, FindingState::ofCode, STATES).orElse(FindingState.OPEN),
                    Asked.code("rule", rule, AccessRule::ofCode, RULES).orElse(null),
                    Asked.day("from", from, today.minusDays(YEAR)));
            return reviews.findings(
                    sought,
                    Asked.number("count", count, PAGE, LARGEST_PAGE),
                    Asked.number("offset", offset, 0, FARTHEST));
        });
    }

    /** What an officer says of a finding. */
    @Operation(name = "$close-finding")
    public Parameters close(
            @OperationParam(name = "finding", min = 1, max = 1) @Nullable StringType id,
            @OperationParam(name = "version", min = 1, max = 1) @Nullable IntegerType version,
            @OperationParam(name = "status", min = 1, max = 1) @Nullable CodeType status,
            @OperationParam(name = "comment", min = 1, max = 1) @Nullable StringType comment,
            ServletRequestDetails request) {
        return gate.act(request, asker -> {
            var state = Asked.code("status", status, FindingState::ofCode, STATES)
                    .orElseThrow(() -> new InvalidRequestException("`status` must be one of " + STATES));
            return reviews.close(
                    Asked.id(id), Asked.number("version", version, 0, FARTHEST), state, Asked.comment(comment), asker);
        });
    }

    /** A random sample of a month's accesses. */
    @Operation(name = "$access-sample", idempotent = true)
    public Parameters sample(
            @OperationParam(name = "month", min = 1, max = 1) @Nullable StringType month,
            @OperationParam(name = "seed", min = 1, max = 1) @Nullable IntegerType seed,
            @OperationParam(name = "count", max = 1) @Nullable IntegerType count,
            ServletRequestDetails request) {
        return gate.read(request, asker -> {
            var now = YearMonth.from(asker.at().atOffset(ZoneOffset.UTC));
            var asked = Asked.month("month", month, now);
            if (asked.isAfter(now)) {
                throw new InvalidRequestException("`month` is in the future");
            }
            if (seed == null || seed.getValue() == null) {
                throw new InvalidRequestException("`seed` must be a number");
            }
            return reviews.sample(asked, seed.getValue(), Asked.number("count", count, SAMPLE, LARGEST_PAGE), asker);
        });
    }

    /** The patients whose record is looked at closely; with a patient, puts them on the list or takes them off. */
    @Operation(name = "$vip-list")
    public Parameters list(
            @OperationParam(name = "patient", max = 1) @Nullable StringType patient,
            @OperationParam(name = "listed", max = 1) @Nullable BooleanType listed,
            ServletRequestDetails request) {
        return gate.act(request, asker -> {
            var isListed = listed == null || Boolean.TRUE.equals(listed.getValue());
            return reviews.list(patient == null ? null : Asked.patient(patient), isListed, asker);
        });
    }
}
