package org.accordhie.fhirserver.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.util.stream.Stream;
import org.accordhie.fhirserver.OutcomeWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class LastResortFilterTest {

    private static final String SECRET = "Jane Doe";

    private final Logger logger = (Logger) LoggerFactory.getLogger(LastResortFilter.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final LastResortFilter filter = new LastResortFilter(new OutcomeWriter());

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @ParameterizedTest
    @MethodSource
    void answersWhateverEscapesWithoutItsWords(Throwable escaped) throws Exception {
        response.setHeader("ETag", SECRET);

        filter.doFilter(new MockHttpServletRequest(), response, throwing(escaped));

        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(response.getHeaderNames()).doesNotContain("ETag");
        assertThat(response.getContentAsString())
                .matches("\\{\"resourceType\":\"Oper.*\"code\":\"exception\".*; error [0-9a-f-]{36}\\.\"}]}");
        var logged = log.list.get(0).getFormattedMessage();
        assertThat(logged)
                .contains(escaped.getClass().getName(), "LastResortFilterTest")
                .doesNotContain(SECRET);
        assertThat(log.list.get(0).getThrowableProxy()).isNull();
    }

    static Stream<Throwable> answersWhateverEscapesWithoutItsWords() {
        return Stream.of(
                new IllegalStateException(SECRET, new IllegalArgumentException(SECRET)),
                new ServletException(SECRET),
                new StackOverflowError(SECRET),
                new OutOfMemoryError(SECRET));
    }

    @Test
    void logsTheIdItAnswers() throws Exception {
        filter.doFilter(new MockHttpServletRequest(), response, throwing(new StackOverflowError()));

        var id = response.getContentAsString().replaceAll(".*error ([0-9a-f-]{36}).*", "$1");
        assertThat(log.list.get(0).getFormattedMessage()).contains(id);
    }

    @Test
    void breaksOffAnAnswerThatHasBegun() {
        response.setCommitted(true);

        assertThatIOException()
                .isThrownBy(() -> filter.doFilter(
                        new MockHttpServletRequest(), response, throwing(new IllegalStateException(SECRET))))
                .withMessageNotContaining(SECRET)
                .withNoCause();
    }

    private static FilterChain throwing(Throwable escaped) {
        return (request, response) -> {
            if (escaped instanceof Error error) {
                throw error;
            }
            if (escaped instanceof ServletException exception) {
                throw exception;
            }
            throw (RuntimeException) escaped;
        };
    }
}
