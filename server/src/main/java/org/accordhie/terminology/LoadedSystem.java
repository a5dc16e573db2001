package org.accordhie.terminology;

/**
 * A code system in force.
 *
 * @param version its version; empty where it has none
 * @param complete whether its codes are all there are
 * @param closure its codes and which is below which
 */
public record LoadedSystem(String version, boolean complete, Closure closure) {}
