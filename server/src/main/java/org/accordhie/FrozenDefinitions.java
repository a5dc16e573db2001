package org.accordhie;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * Says that all beans are defined, after everything that defines one and has a place in an order.
 *
 * <p>Spring says so itself, but only once its web server stands, which here needs nearly every bean; until then it goes through
 * all definitions for each dependency. That is a large part of the start.
 */
@Component
class FrozenDefinitions implements BeanFactoryPostProcessor, Ordered {

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        beans.freezeConfiguration();
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
