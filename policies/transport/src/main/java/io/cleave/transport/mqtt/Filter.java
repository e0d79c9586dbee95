package io.cleave.transport.mqtt;

/**
 * What a subscription asks for.
 *
 * @param topics a topic, perhaps with wildcards
 * @param qos the highest that the broker may use
 */
record Filter(String topics, Qos qos) {}
