package org.accordhie.benchmark.unenforced;

import org.accordhie.AccordApplication;
import org.accordhie.audit.AuditTrail;
import org.accordhie.fhirserver.ReleaseGate;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.SpringApplication;

/**
 * The exchange with two of its beans replaced: every stored row is released, and nothing is recorded. Bytes, tokens, scopes,
 * intake, labels and release classes are as they are.
 */
public final class UnenforcedExchange {

    private UnenforcedExchange() {}

    /** Starts it with the server's own arguments. */
    public static void main(String[] arguments) {
        var application = new SpringApplication(AccordApplication.class);
        application.addInitializers(context -> context.addBeanFactoryPostProcessor(UnenforcedExchange::replace));
        application.run(arguments);
    }

    private static void replace(ConfigurableListableBeanFactory beans) {
        replace(beans, ReleaseGate.class, new RootBeanDefinition(EverythingReleased.class));
        var silent = BeanDefinitionBuilder.genericBeanDefinition(AuditTrail.class, () -> accessed -> {});
        replace(beans, AuditTrail.class, silent.getBeanDefinition());
    }

    private static void replace(
            ConfigurableListableBeanFactory beans,
            Class<?> type,
            org.springframework.beans.factory.config.BeanDefinition replacement) {
        var registry = (BeanDefinitionRegistry) beans;
        var names = beans.getBeanNamesForType(type, true, false);
        if (names.length != 1) {
            throw new IllegalStateException("the exchange has not exactly one " + type.getSimpleName());
        }
        registry.removeBeanDefinition(names[0]);
        replacement.setDependsOn("databaseSchema");
        registry.registerBeanDefinition(names[0], replacement);
    }
}
