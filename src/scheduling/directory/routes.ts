import { type Route, route } from '../../platform/http/route.ts';
import { changeLocation, createLocation, listLocations, readLocation } from './locations.ts';
import { changePractitioner, listPractitioners, readPractitioner } from './practitioners.ts';
import { changeRoom, createRoom, listRooms } from './rooms.ts';
import {
  DirectoryParams,
  LocationChange,
  LocationPage,
  LocationQuery,
  LocationView,
  NewLocation,
  NewRoom,
  PractitionerChange,
  PractitionerPage,
  PractitionerQuery,
  PractitionerView,
  RoomChange,
  RoomList,
  RoomParams,
  RoomView,
} from './schema.ts';

const tag = 'directory';
const audit = { none: 'What the clinic tells everybody about itself.' };
const read = { scopes: ['directory:read'] } as const;
const write = { scopes: ['directory:write'] } as const;

export function directoryRoutes(): Route[] {
  return [...practitionerRoutes(), ...locationRoutes(), ...locationChangeRoutes(), ...roomRoutes()];
}

function practitionerRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/directory/practitioners',
      summary: 'Practitioners by name, specialty, place and whether they accept patients',
      tag,
      access: read,
      audit,
      query: PractitionerQuery,
      reply: PractitionerPage,
      handler: ({ actor, db }, { query }) => listPractitioners(db, actor, query),
    }),
    route({
      method: 'get',
      path: '/directory/practitioners/:id',
      summary: 'One practitioner',
      tag,
      access: read,
      audit,
      params: DirectoryParams,
      reply: PractitionerView,
      errors: ['NOT_FOUND'],
      handler: ({ actor, db }, { params }) => readPractitioner(db, actor, params.id),
    }),
    route({
      method: 'patch',
      path: '/directory/practitioners/:id',
      summary: 'Changes what the directory tells of a practitioner; what is left out stays',
      tag,
      access: write,
      audit: { action: 'practitioner.change', purpose: 'HOPERAT' },
      params: DirectoryParams,
      body: PractitionerChange,
      reply: PractitionerView,
      errors: ['NOT_FOUND'],
      handler: ({ actor, db }, { params, body }) => changePractitioner(db, actor, params.id, body),
    }),
  ];
}

function locationRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/directory/locations',
      summary: 'Locations by name, city and type',
      tag,
      access: read,
      audit,
      query: LocationQuery,
      reply: LocationPage,
      handler: ({ actor, db }, { query }) => listLocations(db, actor, query),
    }),
    route({
      method: 'get',
      path: '/directory/locations/:id',
      summary: 'One location',
      tag,
      access: read,
      audit,
      params: DirectoryParams,
      reply: LocationView,
      errors: ['NOT_FOUND'],
      handler: ({ actor, db }, { params }) => readLocation(db, actor, params.id),
    }),
  ];
}

function locationChangeRoutes(): Route[] {
  return [
    route({
      method: 'post',
      path: '/directory/locations',
      summary: 'Adds a location',
      tag,
      access: write,
      audit: { action: 'location.create', purpose: 'HOPERAT' },
      body: NewLocation,
      status: 201,
      reply: LocationView,
      handler: ({ actor, db }, { body }) => createLocation(db, actor, body),
    }),
    route({
      method: 'patch',
      path: '/directory/locations/:id',
      summary: 'Changes a location; what is left out stays',
      tag,
      access: write,
      audit: { action: 'location.change', purpose: 'HOPERAT' },
      params: DirectoryParams,
      body: LocationChange,
      reply: LocationView,
      errors: ['NOT_FOUND'],
      handler: ({ actor, db }, { params, body }) => changeLocation(db, actor, params.id, body),
    }),
    route({
      method: 'delete',
      path: '/directory/locations/:id',
      summary: 'Closes a location: nothing more can be booked there, what is booked stays',
      tag,
      access: write,
      audit: { action: 'location.close', purpose: 'HOPERAT' },
      params: DirectoryParams,
      reply: undefined,
      errors: ['NOT_FOUND'],
      handler: async ({ actor, db }, { params }) => {
        await changeLocation(db, actor, params.id, { isActive: false });
      },
    }),
  ];
}

function roomRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/directory/locations/:id/rooms',
      summary: 'The rooms of a location',
      tag,
      access: read,
      audit,
      params: DirectoryParams,
      reply: RoomList,
      errors: ['NOT_FOUND'],
      handler: ({ actor, db }, { params }) => listRooms(db, actor, params.id),
    }),
    route({
      method: 'post',
      path: '/directory/locations/:id/rooms',
      summary: 'Adds a room',
      tag,
      access: write,
      audit: { action: 'room.create', purpose: 'HOPERAT' },
      params: DirectoryParams,
      body: NewRoom,
      status: 201,
      reply: RoomView,
      errors: ['NOT_FOUND', 'ALREADY_EXISTS'],
      handler: ({ actor, db }, { params, body }) => createRoom(db, actor, params.id, body),
    }),
    route({
      method: 'patch',
      path: '/directory/locations/:id/rooms/:roomId',
      summary: 'Changes a room, or closes it; what is left out stays',
      tag,
      access: write,
      audit: { action: 'room.change', purpose: 'HOPERAT' },
      params: RoomParams,
      body: RoomChange,
      reply: RoomView,
      errors: ['NOT_FOUND', 'ALREADY_EXISTS'],
      handler: ({ db }, { params, body }) => changeRoom(db, params, body),
    }),
  ];
}
