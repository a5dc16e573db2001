package org.accordhie.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Fails a test in which the second look or the last one held something back that the view should not have let through. */
final class NothingSlips implements BeforeAllCallback, AfterAllCallback {

    private static final Namespace OWN = Namespace.create(NothingSlips.class);

    @Override
    public void beforeAll(ExtensionContext test) {
        test.getStore(OWN).put("before", slips(test));
    }

    @Override
    public void afterAll(ExtensionContext test) {
        var before = test.getStore(OWN).get("before", Double.class);
        var provoked = AnnotationSupport.findAnnotation(test.getRequiredTestClass(), ExchangeTest.class)
                .map(ExchangeTest::slips)
                .orElse(0);
        assertThat(slips(test) - before)
                .as("answers that the second look or the last one held back")
                .isEqualTo((double) provoked);
    }

    private static double slips(ExtensionContext test) {
        var meters = SpringExtension.getApplicationContext(test).getBean(MeterRegistry.class);
        return DoubleStream.of(
                        meters.get("accord.release.disagreements").counter().count(),
                        meters.get("accord.release.undecided").counter().count())
                .sum();
    }
}
