package org.anabranch.spark.job;

/**
 * The value of a parameter and where it came from.
 *
 * @param shown for people: as it was written, secret parts by name
 * @param written HOCON that gives the value again, secret parts by name; empty if it is left open
 */
record Reading<T>(T value, String shown, String written, Place place) {}
