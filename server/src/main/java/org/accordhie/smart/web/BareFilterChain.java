package org.accordhie.smart.web;

import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.ConstructorArgumentValues.ValueHolder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * Takes Spring Security's filters out of what it wraps them in for applications whose rules are patterns of Spring MVC: that asks
 * every handler mapping for every request before the first filter, and the rules here ({@link FhirSecurity}) are about paths alone.
 * Where it is not wrapped as expected, it stays as it is: nothing but time depends on it.
 */
@Component
final class BareFilterChain implements BeanFactoryPostProcessor, Ordered {

    static final String CHAIN = "springSecurityFilterChain";

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        if (!(beans instanceof BeanDefinitionRegistry definitions) || !definitions.containsBeanDefinition(CHAIN)) {
            return;
        }
        wrappedIn(definitions.getBeanDefinition(CHAIN)).ifPresent(own -> {
            definitions.removeBeanDefinition(CHAIN);
            definitions.registerBeanDefinition(CHAIN, own);
        });
    }

    /** What the step that asks the handler mappings is put before. */
    private static Optional<BeanDefinition> wrappedIn(BeanDefinition chain) {
        return chain.getConstructorArgumentValues().getIndexedArgumentValues().values().stream()
                .map(ValueHolder::getValue)
                .filter(List.class::isInstance)
                .map(filters -> (List<?>) filters)
                .filter(filters -> filters.size() == 2 && isOfMvc(filters.get(0)))
                .map(filters -> (Object) filters.get(1))
                .filter(BeanDefinition.class::isInstance)
                .map(BeanDefinition.class::cast)
                .findFirst();
    }

    private static boolean isOfMvc(Object filter) {
        return filter instanceof BeanDefinition definition
                && String.valueOf(definition.getBeanClassName()).contains("HandlerMappingIntrospectorCacheFilter");
    }

    /** After whatever wraps it, and before {@code FrozenDefinitions}. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1;
    }
}
