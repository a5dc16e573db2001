package org.accordhie.audit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletResponse;

/** Whichever way an answer takes out, the step has run before. */
class RecordedResponseTest {

    /** A way out. */
    interface Way {
        void take(RecordedResponse response) throws IOException;
    }

    static Stream<Way> ways() {
        return Stream.of(
                response -> response.getOutputStream().write('x'),
                response -> response.getWriter().write("x"),
                RecordedResponse::flushBuffer,
                response -> response.sendError(418),
                response -> response.sendError(418, "x"),
                response -> response.sendRedirect("/elsewhere"));
    }

    private final List<Integer> recorded = new ArrayList<>();
    private final MockHttpServletResponse out = new MockHttpServletResponse();

    @ParameterizedTest
    @MethodSource("ways")
    void theStepRunsOnceBeforeAnythingLeaves(Way way) throws IOException {
        var response = new RecordedResponse(out, () -> {
            assertThat(out.isCommitted()).isFalse();
            recorded.add(out.getStatus());
        });

        way.take(response);
        response.flushBuffer();
        response.leave();

        assertThat(recorded).hasSize(1);
        assertThat(out.isCommitted()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whereTheStepFailsNothingLeavesUntilItHasRun(Way way) throws IOException {
        var response = new RecordedResponse(out, () -> {
            recorded.add(out.getStatus());
            if (recorded.size() < 3) {
                throw new IllegalStateException("no room");
            }
        });

        assertThatThrownBy(() -> way.take(response)).hasMessage("no room");
        assertThatThrownBy(() -> way.take(response)).hasMessage("no room");
        assertThat(out.isCommitted()).isFalse();
        assertThat(out.getContentAsString()).isEmpty();

        way.take(response);
        assertThat(recorded).hasSize(3);
    }

    @Test
    void theStatusOfAnErrorIsKnownToTheStep() throws IOException {
        new RecordedResponse(out, () -> recorded.add(out.getStatus())).sendError(503);

        assertThat(recorded).containsExactly(503);
    }
}
