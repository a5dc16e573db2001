package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.api.server.IBundleProvider;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Where in an answer of storage the resources stand, so that they can be looked at and told otherwise than they are stored.
 *
 * @param <T> the answer
 */
public interface ToldResources<T> {

    /** Every resource in the answer. */
    List<? extends IBaseResource> in(T answer);

    /** The same answer with each resource told as given; what was given stays as it is. */
    T telling(T answer, UnaryOperator<IBaseResource> asTold);

    /** The answer is one resource. */
    static <T extends IBaseResource> ToldResources<T> alone() {
        return of(List::of, (resource, asTold) -> sameKind(resource, asTold.apply(resource)));
    }

    /** The answer is a page of resources, all of them loaded. HAPI gives no list of all where no total is told. */
    static ToldResources<IBundleProvider> inBundle() {
        return of(page -> page.getResources(0, Integer.MAX_VALUE), RetoldBundle::new);
    }

    /** The answer is a list of resources. */
    static ToldResources<List<IBaseResource>> inList() {
        return of(all -> all, (all, asTold) -> all.stream().map(asTold).toList());
    }

    /** The answer rests on resources and holds none of them. */
    static <T> ToldResources<T> beside(Function<T, List<? extends IBaseResource>> resources) {
        return of(resources, (answer, asTold) -> answer);
    }

    private static <T> ToldResources<T> of(
            Function<T, List<? extends IBaseResource>> resources, Retelling<T> retelling) {
        return new ToldResources<>() {
            @Override
            public List<? extends IBaseResource> in(T answer) {
                return resources.apply(answer);
            }

            @Override
            public T telling(T answer, UnaryOperator<IBaseResource> asTold) {
                return retelling.retell(answer, asTold);
            }
        };
    }

    /**
     * How an answer is told.
     *
     * @param <T> the answer
     */
    interface Retelling<T> {

        /** The answer with its resources told as given. */
        T retell(T answer, UnaryOperator<IBaseResource> asTold);
    }

    @SuppressWarnings("unchecked")
    private static <T extends IBaseResource> T sameKind(T stored, IBaseResource told) {
        return (T) stored.getClass().cast(told);
    }
}
