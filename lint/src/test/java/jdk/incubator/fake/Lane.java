package jdk.incubator.fake;

/** Stands for a type of the Vector API. */
public final class Lane {}
