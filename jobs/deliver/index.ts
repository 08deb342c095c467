export { createDelivery, type Delivered, type Delivery, type DeliveryOptions } from './delivery.ts';
