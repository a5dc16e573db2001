package org.accordhie.exchange;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.accordhie.AccordApplication;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/** A conversation with the running exchange. All tests of this kind share one, so each leaves it as it found it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = AccordApplication.class,
        webEnvironment = WebEnvironment.DEFINED_PORT,
        // Metrics are told as in production, which Spring Boot's tests leave out.
        properties = "spring.test.observability.auto-configure=true")
@ContextConfiguration(initializers = FreshExchange.class)
@Import({Exchange.class, Archive.class, AlteredTokens.class})
@ExtendWith(NothingSlips.class)
@interface ExchangeTest {

    /** How often the tests provoke what must otherwise never happen; see {@link NothingSlips}. */
    int slips() default 0;
}
