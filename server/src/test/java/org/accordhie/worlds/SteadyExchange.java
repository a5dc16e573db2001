package org.accordhie.worlds;

import java.util.UUID;
import org.accordhie.AccordApplication;
import org.accordhie.intake.fhir.NewIds;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The exchange, but that ids are not chance: a request that says which it is names what comes of it the same in every world. What is
 * found stands in the order of ids, which two worlds could not be compared by otherwise.
 */
public final class SteadyExchange {

    /** Which request it is; equal in both worlds. */
    static final String HEADER = "X-Worlds-Request";

    private SteadyExchange() {}

    /** Starts it with the server's own arguments. */
    public static void main(String[] arguments) {
        var application = new SpringApplication(AccordApplication.class);
        application.addInitializers(context -> context.addBeanFactoryPostProcessor(beans -> {
            var registry = (BeanDefinitionRegistry) beans;
            registry.removeBeanDefinition("newIds");
            registry.registerBeanDefinition("newIds", new RootBeanDefinition(OfRequests.class));
        }));
        application.run(arguments);
    }

    /** Numbers what comes of a request. */
    static final class OfRequests implements NewIds {

        private static final String DRAWN = OfRequests.class.getName();

        @Override
        public String next() {
            if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request)
                    || request.getRequest().getHeader(HEADER) == null) {
                return UUID.randomUUID().toString();
            }
            var drawn = request.getAttribute(DRAWN, RequestAttributes.SCOPE_REQUEST) instanceof Integer before
                    ? before + 1
                    : 0;
            request.setAttribute(DRAWN, drawn, RequestAttributes.SCOPE_REQUEST);
            return Names.idOf(request.getRequest().getHeader(HEADER), drawn);
        }
    }
}
