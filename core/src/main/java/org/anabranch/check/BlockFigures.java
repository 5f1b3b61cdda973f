package org.anabranch.check;

/**
 * How far the gradient of one parameter is from other routes to it.
 *
 * @param parameter its name
 * @param size its numbers
 * @param ofDirect the chosen mode against every state kept, on the same backend: the largest
 *     difference by the largest component
 * @param ofReference the chosen backend against the reference backend, likewise
 * @param ofSlope the reference backend's gradient along a direction against the slope of the loss,
 *     by what such a product is large
 * @param passes whether each is what rounding explains
 */
public record BlockFigures(
    String parameter,
    int size,
    double ofDirect,
    double ofReference,
    double ofSlope,
    boolean passes) {}
