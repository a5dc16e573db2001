package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.server.method.ResponsePage;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.jspecify.annotations.Nullable;

/** A page whose resources are told otherwise than they are stored; its size, total and links stay what they are. */
record RetoldBundle(IBundleProvider page, UnaryOperator<IBaseResource> asTold) implements IBundleProvider {

    @Override
    public List<IBaseResource> getResources(int from, int to) {
        return page.getResources(from, to).stream().map(asTold).toList();
    }

    @Override
    public List<IBaseResource> getResources(int from, int to, ResponsePage.ResponsePageBuilder builder) {
        // HAPI adds to this list.
        return new java.util.ArrayList<>(
                page.getResources(from, to, builder).stream().map(asTold).toList());
    }

    @Override
    public List<IBaseResource> getAllResources() {
        return getResources(0, Integer.MAX_VALUE);
    }

    @Override
    public List<IBaseResource> getResourceListComplete() {
        return page.getResourceListComplete().stream().map(asTold).toList();
    }

    @Override
    public @Nullable Integer getCurrentPageOffset() {
        return page.getCurrentPageOffset();
    }

    @Override
    public @Nullable Integer getCurrentPageSize() {
        return page.getCurrentPageSize();
    }

    @Override
    public IPrimitiveType<Date> getPublished() {
        return page.getPublished();
    }

    @Override
    public @Nullable String getUuid() {
        return page.getUuid();
    }

    @Override
    public @Nullable Integer preferredPageSize() {
        return page.preferredPageSize();
    }

    @Override
    public @Nullable Integer size() {
        return page.size();
    }

    @Override
    public boolean containsAllResources() {
        return page.containsAllResources();
    }
}
