/** Must run before any schema is made: zod would else try `new Function`, which the content security policy refuses and reports. */
import { config } from 'zod';

config({ jitless: true });
