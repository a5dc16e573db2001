package org.accordhie.benchmark.unenforced;

import java.util.Map;
import org.accordhie.AccordApplication;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.SpringApplication;

/** Starts the exchange with other classes in the place of some beans. */
final class ReplacedBeans {

    private ReplacedBeans() {}

    /**
     * Starts it.
     *
     * @param replacements by the type of the bean, of which there must be exactly one
     */
    static void start(String[] arguments, Map<Class<?>, Class<?>> replacements) {
        var application = new SpringApplication(AccordApplication.class);
        application.addInitializers(context -> context.addBeanFactoryPostProcessor(
                beans -> replacements.forEach((type, replacement) -> replace(beans, type, replacement))));
        application.run(arguments);
    }

    private static void replace(ConfigurableListableBeanFactory beans, Class<?> type, Class<?> replacement) {
        var registry = (BeanDefinitionRegistry) beans;
        var names = beans.getBeanNamesForType(type, true, false);
        if (names.length != 1) {
            throw new IllegalStateException("the exchange has not exactly one " + type.getSimpleName());
        }
        var definition = new RootBeanDefinition(replacement);
        definition.setDependsOn("databaseSchema");
        registry.removeBeanDefinition(names[0]);
        registry.registerBeanDefinition(names[0], definition);
    }
}
