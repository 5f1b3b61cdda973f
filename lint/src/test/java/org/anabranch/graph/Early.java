package org.anabranch.graph;

/** Knows nothing. */
public final class Early {}
