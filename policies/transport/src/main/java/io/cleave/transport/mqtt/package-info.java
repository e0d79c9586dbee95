/** MQTT: one connection per process that survives its broker, and the channels that share it. */
@NullMarked
package io.cleave.transport.mqtt;

import org.jspecify.annotations.NullMarked;
