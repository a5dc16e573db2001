package org.accordhie.benchmark.measure;

/**
 * CPU time in milliseconds.
 *
 * @param server of the server's process
 * @param database of all PostgreSQL processes of this server
 * @param driver of the benchmark itself
 */
public record CpuTime(double server, double database, double driver) {

    /** What has been used since an earlier reading. */
    public CpuTime since(CpuTime earlier) {
        return new CpuTime(server - earlier.server, database - earlier.database, driver - earlier.driver);
    }

    /** Both together. */
    public CpuTime plus(CpuTime other) {
        return new CpuTime(server + other.server, database + other.database, driver + other.driver);
    }

    /** For each of so many operations; zeros for none. */
    public CpuTime each(long operations) {
        return operations == 0
                ? new CpuTime(0, 0, 0)
                : new CpuTime(server / operations, database / operations, driver / operations);
    }
}
