package org.apache.spark;

/** Stands for a type of Spark. */
public final class Fake {}
